import { whyNot } from './log.ts';

/** What is wrong with what was asked for, in words for who asked. */
export type Wrong = { readonly wrong: string };

/** Runs what was started on the command line. What is wrong, or thrown, is said, and the process ends with status 1. */
export const program = async (run: () => Promise<Wrong | null>): Promise<void> => {
  try {
    const result = await run();
    if (result === null) return;
    console.error(result.wrong);
    process.exitCode = 1;
  } catch (error) {
    console.error(whyNot(error));
    process.exit(1);
  }
};
