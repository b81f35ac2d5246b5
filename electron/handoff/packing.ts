import { importSigningKey, signBytes } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import { secretsOf } from '../db/secrets.ts';
import type { PackedAttachment } from '../bundle/write-package.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import type { JobControl } from '../ipc/handlers.ts';
import type { Head } from '../journal/journal.ts';

/** Entries `first` to `last` of one stream. */
export type Range = { readonly stream: string; readonly first: number; readonly last: number };

const PAGE = 1_000;

/** What packages are made of, read from the journal. */
export function packing(db: Db, attachments: AttachmentStore) {
  const page = db.prepare<[string, number, number], { line: string }>(
    'SELECT line FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq',
  );
  const withAttachments = db.prepare<[string, number, number], { line: string }>(
    `SELECT line FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? AND line LIKE '%"sizeBytes":%' ORDER BY seq`,
  );

  return {
    /** The ranges' lines, page by page. */
    *linePages(ranges: readonly Range[]): Generator<readonly string[]> {
      for (const { stream, first, last } of ranges)
        for (let from = first; from <= last; from += PAGE)
          yield page.all(stream, from, Math.min(last, from + PAGE - 1)).map(({ line }) => line);
    },
    /** Every attachment the ranges' entries speak of, once. */
    attachmentsOf(ranges: readonly Range[]): PackedAttachment[] {
      const found = new Map<string, PackedAttachment>();
      for (const { stream, first, last } of ranges)
        for (const { line } of withAttachments.iterate(stream, first, last))
          for (const { sha256, sizeBytes } of attachmentsIn(JSON.parse(line)))
            found.set(sha256, { sha256, sizeBytes, read: () => attachments.read(sha256) });
      return [...found.values()];
    },
    /** The site's own signature, 64 bytes. */
    sign(bytes: Uint8Array): Uint8Array {
      const key = secretsOf(db).get('site-signing-key');
      if (!key) throw new Error('a site without a signing key');
      return signBytes(importSigningKey(key), bytes);
    },
    identity(): string {
      const identity = secretsOf(db).get('site-identity');
      if (!identity) throw new Error('a site without an identity');
      return identity.toString('utf8');
    },
  };
}

/** An attachment is named in a body, wherever it stands, by `sha256` and `sizeBytes`. */
function* attachmentsIn(value: unknown): Generator<{ sha256: string; sizeBytes: number }> {
  if (typeof value !== 'object' || value === null) return;
  if (
    'sha256' in value &&
    'sizeBytes' in value &&
    typeof value.sha256 === 'string' &&
    typeof value.sizeBytes === 'number'
  )
    yield { sha256: value.sha256, sizeBytes: value.sizeBytes };
  for (const inner of Object.values(value)) yield* attachmentsIn(inner);
}

/** The part of a stream behind `after`; empty ranges are left out. */
export const rangesAfter = (heads: readonly { stream: string; head: Head; after: number }[]): Range[] =>
  heads
    .filter(({ head, after }) => head.seq > after)
    .map(({ stream, head, after }) => ({ stream, first: after + 1, last: head.seq }));

/** Progress of the package layer, which reports without waiting, for a job, which does. */
export const reporting =
  (job: JobControl, step: string) =>
  (done: number, total: number): void =>
    void job.progress(step, done, total).catch(() => undefined);
