/** A CSV file of so many customers, line by line. `change` may put another line in the place of one, by its number. */
export const customerLines = function* (
  rows: number,
  change: (line: number) => string | undefined = () => undefined,
): Generator<string> {
  yield 'name,identifierType,identifierValue,country,seats,segment,microsoftManaged,source,verifiedOn\n';
  for (let row = 1; row <= rows; row += 1) {
    const line = row + 1;
    yield `${change(line) ?? `Company ${row},tpid,${10_000_000 + row},NL,${row % 5_000},smb,no,Made up,2026-11-01`}\n`;
  }
};
