import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../domain/ports.ts';

export const systemClock: Clock = { now: () => new Date(Date.now()) };

/** Milliseconds since this process began. What is waited for within it is measured by this, which nobody moves. */
export const uptime = (): number => performance.now();

export type MovableClock = Clock & {
  /** Moves the application's clock forward. */
  readonly advance: (milliseconds: number) => void;
};

/**
 * Local mode's clock: the machine's, ahead by what it was moved. The lead is kept in a file, because a record whose
 * time runs back after a restart would contradict itself.
 */
export const movableClock = (file: string | null, base: Clock = systemClock): MovableClock => {
  const read = () => {
    try {
      const kept = file === null ? 0 : Number(JSON.parse(readFileSync(file, 'utf8')).ahead);
      return Number.isFinite(kept) ? kept : 0;
    } catch {
      return 0;
    }
  };
  let ahead = read();
  return {
    now: () => new Date(base.now().getTime() + ahead),
    advance: (milliseconds) => {
      ahead += milliseconds;
      if (file === null) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ ahead }));
    },
  };
};
