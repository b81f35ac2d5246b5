import { openSync, readFileSync, readSync, closeSync } from 'node:fs';

/** How often each of the byte strings stands in the memory of a process of our own, as Linux shows it. */
export function countInMemory(pid: number, wanted: Readonly<Record<string, Buffer>>): Record<string, number> {
  const found = Object.fromEntries(Object.keys(wanted).map((name) => [name, 0]));
  const longest = Math.max(...Object.values(wanted).map(({ length }) => length));
  const memory = openSync(`/proc/${String(pid)}/mem`, 'r');
  try {
    for (const [start, end] of writableAreas(pid)) {
      for (let at = start; at < end; at += PIECE) {
        const piece = Buffer.alloc(Math.min(PIECE + longest - 1, end - at));
        const length = readPiece(memory, piece, at);
        for (const [name, bytes] of Object.entries(wanted))
          found[name] = (found[name] ?? 0) + countIn(piece.subarray(0, length), bytes);
      }
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

const PIECE = 16 * 1024 * 1024;

/** What a program can put secrets into: everything it may write to. */
const writableAreas = (pid: number): readonly (readonly [number, number])[] =>
  readFileSync(`/proc/${String(pid)}/maps`, 'utf8')
    .split('\n')
    .filter((line) => / rw/.test(line) && !/\[v(syscall|var|dso)/.test(line))
    .map((line) => {
      const [start = '', end = ''] = (line.split(' ')[0] ?? '').split('-');
      return [parseInt(start, 16), parseInt(end, 16)] as const;
    });

function readPiece(memory: number, into: Buffer, at: number): number {
  try {
    return readSync(memory, into, 0, into.length, at);
  } catch {
    // An area that went away meanwhile, or one the kernel keeps to itself.
    return 0;
  }
}

function countIn(piece: Buffer, bytes: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(bytes); at >= 0; at = piece.indexOf(bytes, at + 1)) count += 1;
  return count;
}
