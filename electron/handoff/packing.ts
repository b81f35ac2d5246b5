import type { AttachmentRef, KeyChange } from '../../shared/manifest.ts';
import { importSigningKey, signBytes } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import { secretsOf } from '../db/secrets.ts';
import type { PackageContents, PackedAttachment } from '../bundle/write-package.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import type { JobControl } from '../ipc/handlers.ts';
import type { Head } from '../journal/journal.ts';
import { attachmentsNamed } from '../journal/attachment-refs.ts';

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
  const changes = db.prepare<[string], KeyChange>(
    'SELECT former, sign_public_key AS signPublicKey, recipient, sig FROM key_change WHERE site = ? ORDER BY seq',
  );
  const packed = ({ sha256, sizeBytes }: AttachmentRef): PackedAttachment => ({
    ...{ sha256, sizeBytes },
    read: () => attachments.read(sha256),
  });

  return {
    /** The ranges' lines, page by page. */
    *linePages(ranges: readonly Range[]): Generator<readonly string[]> {
      for (const { stream, first, last } of ranges)
        for (let from = first; from <= last; from += PAGE)
          yield page.all(stream, from, Math.min(last, from + PAGE - 1)).map(({ line }) => line);
    },
    attachment: packed,
    /** Every attachment the ranges' entries speak of that is here, once. */
    async attachmentsOf(ranges: readonly Range[]): Promise<PackedAttachment[]> {
      const named = new Map<string, AttachmentRef>();
      for (const { stream, first, last } of ranges)
        for (const { line } of withAttachments.all(stream, first, last))
          for (const one of attachmentsNamed(line)) named.set(one.sha256, one);
      const found: PackedAttachment[] = [];
      for (const one of named.values()) if (await attachments.has(one.sha256)) found.push(packed(one));
      return found;
    },
    /** The site's own signature, 64 bytes. */
    sign: (bytes: Uint8Array): Uint8Array => {
      const key = secretsOf(db).get('site-signing-key');
      if (!key) throw new Error('a site without a signing key');
      return signBytes(importSigningKey(key), bytes);
    },
    identities: (): readonly string[] => secretsOf(db).identities(),
    /** What the other side follows from the keys it knows to those of today. */
    succession(site: string): Pick<PackageContents, 'succession'> {
      const all = changes.all(site);
      return all.length > 0 ? { succession: all } : {};
    },
  };
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
