import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Sha256, StreamId } from '../../shared/entry.ts';
import type { Db } from '../db/open.ts';

/** Where a stream ended. */
export const PinnedHead = z.strictObject({ stream: StreamId, seq: z.int().positive(), hash: Sha256 });
export type PinnedHead = z.infer<typeof PinnedHead>;

/** What is remembered: where all streams ended, and how often the database had knowingly been put back by then. */
const Pin = z.strictObject({ heads: z.array(PinnedHead), mended: z.int().nonnegative() });
export type Pin = z.infer<typeof Pin>;
const PinFile = z.strictObject({ v: z.literal(1), count: z.int().positive(), pin: Pin, mac: Sha256 });
type PinFile = z.infer<typeof PinFile>;

export type PinReading = { readonly state: 'kept'; readonly pin: Pin } | { readonly state: 'missing' | 'damaged' };

/** Written in turn, so that a power cut in the middle of one leaves the other. */
const FILES = ['heads-1.json', 'heads-2.json'] as const;

/**
 * Remembers beside the database where its streams ended, under a MAC that needs the site's data key: a database that
 * was cut, or exchanged for an older one, no longer holds what is remembered. It does not help against somebody who has
 * the data key and rewrites both, or who puts both back together from one moment; that shows at the bureau, whose
 * receipts pin the same heads.
 */
export function pinnedHeads(folder: string, dataKey: Uint8Array) {
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', 'lijing pinned heads', 32));
  const macOf = (count: number, pin: Pin): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([count, pin]))
      .digest();
  let count = 0;
  let written = '';
  let wanted: Pin | null = null;
  let writing: Promise<void> = Promise.resolve();
  let unfinished = 0;

  const readOne = async (path: string): Promise<PinFile | null> => {
    const file = PinFile.safeParse(parsed(await readFile(path, 'utf8')));
    if (!file.success) return null;
    const { pin, mac } = file.data;
    return timingSafeEqual(macOf(file.data.count, pin), Buffer.from(mac, 'hex')) ? file.data : null;
  };

  const write = async (pin: Pin): Promise<void> => {
    count += 1;
    const file = { v: 1, count, pin, mac: macOf(count, pin).toString('hex') } satisfies PinFile;
    const handle = await open(join(folder, FILES[count % 2] ?? FILES[0]), 'w');
    try {
      await handle.writeFile(JSON.stringify(file));
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  const writeWanted = async (): Promise<void> => {
    const pin = wanted;
    wanted = null;
    // Where the disk refuses, the older one stays and says less; the next act tries again.
    if (pin) await write(pin).catch(() => (written = ''));
  };

  return {
    async read(): Promise<PinReading> {
      const paths = FILES.map((name) => join(folder, name)).filter((path) => existsSync(path));
      const valid = (await Promise.all(paths.map(readOne))).filter((file) => file !== null);
      const newest = valid.sort((a, b) => b.count - a.count)[0];
      if (!newest) return { state: paths.length === 0 ? 'missing' : 'damaged' };
      count = Math.max(count, newest.count);
      return { state: 'kept', pin: newest.pin };
    },
    write,
    /** Writes it soon, without holding anybody up; of several the last. */
    remember(pin: Pin): void {
      const text = JSON.stringify(pin);
      if (text === written) return;
      written = text;
      wanted = pin;
      unfinished += 1;
      writing = writing.then(writeWanted).finally(() => (unfinished -= 1));
    },
    settled: (): Promise<void> => writing,
    isWriting: (): boolean => unfinished > 0,
  };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // A torn file remembers nothing, which its state says.
    return null;
  }
};

/** Where every stream ends; looks at one entry of each, so it costs nothing. */
export function headsOf(db: Db): PinnedHead[] {
  const streams = db.prepare<[], { stream: string }>(`
    WITH RECURSIVE known (stream) AS (
      SELECT min(stream) FROM entry
      UNION ALL
      SELECT (SELECT min(e.stream) FROM entry e WHERE e.stream > k.stream) FROM known k WHERE k.stream IS NOT NULL
    )
    SELECT stream FROM known WHERE stream IS NOT NULL ORDER BY stream`);
  const last = db.prepare<[string], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1',
  );
  return streams.all().flatMap(({ stream }) => {
    const head = last.get(stream);
    return head ? [{ stream, seq: head.seq, hash: head.hash.toString('hex') }] : [];
  });
}

/** The pinned heads that the journal does not hold: cut off, or never this history. */
export function headsLost(db: Db, heads: readonly PinnedHead[]): PinnedHead[] {
  const at = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM entry WHERE stream = ? AND seq = ?');
  return heads.filter(({ stream, seq, hash }) => at.get(stream, seq)?.hash.toString('hex') !== hash);
}
