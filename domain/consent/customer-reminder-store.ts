/** A claim whose customer is to be reminded now. `requestId`: the consent request that can be answered; null: none can. */
export type DueReminder = {
  readonly number: number;
  readonly dueAt: Date | null;
  readonly customerReminders: number;
  readonly requestId: string | null;
};

export type CustomerReminderStore = {
  /**
   * Takes up to `take` claims whose customer is to be reminded at `now`, soonest first, and holds them until the
   * transaction ends. Those that somebody else holds are left to them, or to the next look.
   */
  takeDue(now: Date, take: number): Promise<readonly DueReminder[]>;
  /** When the customers of these claims are reminded next; null: not any more. */
  plan(numbers: readonly number[], at: Date | null): Promise<void>;
  /** The guarded update: true when the claim still awaits consent. */
  switchTo(number: number, on: boolean, at: Date | null): Promise<boolean>;
  /** The guarded update: true when `from` mails had been counted. */
  recount(number: number, from: number, to: number): Promise<boolean>;
};
