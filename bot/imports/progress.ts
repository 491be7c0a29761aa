import type { WriteStream } from 'node:tty';

const WIDTH = 30;
const EVERY_PERCENT = 1;

export type Progress = {
  /** So many more bytes have been read. */
  readonly add: (bytes: number) => void;
  /** Takes the bar away. */
  readonly done: () => void;
};

/** How far a file has been read, on one line of a terminal; nothing where nobody watches. */
export const progressBar = (out: Pick<WriteStream, 'isTTY' | 'write'>, name: string, total: number): Progress => {
  if (!out.isTTY) return { add: () => {}, done: () => {} };
  let read = 0;
  let shown = -EVERY_PERCENT;
  return {
    add: (bytes) => {
      read += bytes;
      const percent = Math.min(100, Math.floor((read / Math.max(total, 1)) * 100));
      if (percent < shown + EVERY_PERCENT) return;
      shown = percent;
      const full = Math.round((percent / 100) * WIDTH);
      out.write(`\r${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(percent).padStart(3)} % ${name}`);
    },
    done: () => out.write('\r\u001b[2K'),
  };
};
