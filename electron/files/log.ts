import { join } from 'node:path';
import { appendFileSync, renameSync, statSync } from 'node:fs';

/** Bytes after which the log begins anew; the one before is kept. */
const LONGEST = 512 * 1024;

/** Where a site's log of faults lies. */
export const logIn = (dataDir: string): string => join(dataDir, 'lijing.log');

/** The log of faults, and the one before it. */
export const logPaths = (path: string): readonly string[] => [`${path}.1`, path];

/**
 * Notes faults in a file: when, at which call, what kind of error, and where in our own code. Never a message, an
 * input or an output: people's data stays out of it. What cannot be written is let go.
 */
export const openLog =
  (path: string, clock: () => Date) =>
  (error: unknown, call: string): void => {
    try {
      beginAnew(path);
      appendFileSync(path, `${clock().toISOString()} ${call} ${tellOf(error)}\n`, { mode: 0o600 });
    } catch {
      // A fault of the disk on top of the one to be told: there is nowhere to tell it.
      return;
    }
  };

/** The one rename without patience: a fault is told at once, into a log that is too long if need be. */
function beginAnew(path: string): void {
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LONGEST) renameSync(path, `${path}.1`);
  } catch {
    // Somebody holds the file; the next fault tries again.
    return;
  }
}

/** The message may run over several lines, so only the lines that name a place are taken. */
function tellOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const places = (error.stack ?? '').split('\n').filter((line) => /^ {4}at \S/.test(line));
  return [`${error.name}${code}`, ...places].join('\n');
}
