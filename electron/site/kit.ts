import { join } from 'node:path';
import { z } from 'zod';
import type { Manifest } from '../../shared/manifest.ts';
import { fail, ok, orThrow, ProblemError, type Result } from '../../shared/problem.ts';
import { PairingSecret } from '../../shared/keys.ts';
import { isRecipient } from '../crypto/age-keys.ts';
import { normalSpokenKey, readSpokenKey } from '../crypto/spoken-key.ts';
import { jsonOf } from '../bundle/members.ts';
import { pairingFits } from '../bundle/pairing.ts';
import { type OpenPackage, openPackage } from '../bundle/read-package.ts';
import { keepStreamProofs } from '../bundle/stream-proofs.ts';
import type { PackedEntry } from '../bundle/entry-lines.ts';
import { secretsOf } from '../db/secrets.ts';
import { inTransaction } from '../db/transaction.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';
import type { JobControl } from '../ipc/handlers.ts';
import { carryingKind } from '../journal/carried.ts';
import { type Author, SYSTEM } from '../journal/journal.ts';
import type { OpenDoor } from './store.ts';

/** Member `site.json` of a kit: whom it founds, who issued it, and the secret its first bundle proves itself with. */
export const KitSite = z.strictObject({
  v: z.literal(1),
  station: z.string().min(1).max(60),
  bureau: z.string().min(1).max(60),
  secret: PairingSecret,
});
export type KitSite = z.infer<typeof KitSite>;

/** An opened and verified kit (开站包). */
export type Kit = {
  readonly station: string;
  readonly site: string;
  readonly bureau: string;
  readonly bureauSite: string;
  readonly signPublicKey: string;
  readonly recipient: string;
  readonly secret: Buffer;
  readonly signed: Pick<OpenPackage, 'manifest' | 'proof'>;
  /** People of the roster it carries. */
  readonly people: number;
  /** Entries of the station's former computers, where it is founded anew; null in its first kit. */
  readonly formerEntries: number | null;
  readonly attachments: readonly string[];
  readonly attachment: (sha256: string) => Promise<Buffer>;
  readonly entries: () => AsyncGenerator<readonly PackedEntry[]>;
  readonly dispose: () => Promise<void>;
};

export type KitReader = { readonly open: (fileId: string, code: string, job: JobControl) => Promise<Result<Kit>> };

/** Opens kits by their spoken code; a slip in the code's check group is told without trying it. */
export function kitReader(files: ChosenFiles, dataDir: string): KitReader {
  return {
    async open(fileId, code, job) {
      const path = files.pathOf(fileId);
      if (!path.ok) return path;
      if (!readSpokenKey(code)) return fail('bundle.wrong-code');
      const opened = await openPackage({
        path: path.value,
        keys: { code: normalSpokenKey(code) },
        tempDir: join(dataDir, 'staging'),
        expect: { kind: 'kit' },
        // Whoever knows the spoken code is trusted with saying which keys are the bureau's.
        keysOf: (_manifest, pairing) =>
          pairing && isRecipient(pairing.recipient)
            ? ok([pairing.signPublicKey])
            : fail('bundle.manifest-invalid', { at: 'pairing' }),
        signal: job.signal,
        // Told without waiting: the file goes on being read meanwhile.
        onProgress: (done, total) => void job.progress('site.kit.checking', done, total).catch(() => undefined),
      });
      if (!opened.ok) return opened;
      if (job.signal.aborted) {
        await opened.value.dispose();
        return fail('request.cancelled');
      }
      const { manifest, proof, entries, attachment, file, dispose } = opened.value;
      const about = KitSite.safeParse(jsonOf((await file('site.json'))?.toString('utf8') ?? ''));
      const secret = Buffer.from(about.data?.secret ?? '', 'base64');
      if (!about.success || !manifest.pairing || !pairingFits(secret, manifest, manifest.pairing)) {
        await dispose();
        return fail('bundle.manifest-invalid');
      }
      const { signPublicKey, recipient } = manifest.pairing;
      return ok({
        station: about.data.station,
        site: manifest.to,
        bureau: about.data.bureau,
        bureauSite: manifest.from,
        signPublicKey,
        recipient,
        secret,
        signed: { manifest, proof },
        people: manifest.countsByKind['roster.person-recorded'] ?? 0,
        formerEntries: formerEntriesIn(manifest),
        attachments: manifest.attachments.map(({ sha256 }) => sha256),
        attachment,
        entries,
        dispose,
      });
    },
  };
}

/** A station's own stream in a kit is that of a computer it had before; what was carried over comes on top. */
function formerEntriesIn({ streams, countsByKind }: Manifest): number | null {
  const former = streams.filter(({ stream }) => !stream.includes('/'));
  const kinds = [carryingKind(false), carryingKind(true)];
  const carried = kinds.reduce((sum, kind) => sum + (countsByKind[kind] ?? 0), 0);
  return former.length === 0 ? null : former.reduce((sum, { count }) => sum + count, carried);
}

/**
 * Takes what the bureau sent along and remembers whom this station belongs to. Must run inside a transaction. Throws
 * `site.kit-differs` where an entry that is here already is another one there.
 */
export async function takeKit(
  {
    db,
    journal,
    attachments,
  }: Pick<OpenDoor, 'db' | 'journal'> & { readonly attachments: Pick<AttachmentStore, 'add'> },
  kit: Kit,
  job: JobControl,
  author: Author = SYSTEM,
): Promise<number> {
  for (const [index, sha256] of kit.attachments.entries()) {
    orThrow(await attachments.add(await kit.attachment(sha256)));
    await job.progress('site.kit.attachments', index + 1, kit.attachments.length);
  }
  const taken = await takeEntries(journal, kit, job);
  secretsOf(db).put('pairing-secret', kit.secret);
  keepStreamProofs(db, kit.signed);
  const { bureauSite: bureau, signPublicKey, recipient } = kit;
  journal.append('site.paired', { bureau, signPublicKey, recipient }, author);
  journal.append('handoff.bureau-pinned', { site: bureau, signPublicKey, recipient }, author);
  return taken;
}

/** Those that are not here yet; answers how many. */
async function takeEntries(journal: OpenDoor['journal'], kit: Kit, job: JobControl): Promise<number> {
  const total = kit.signed.manifest.streams.reduce((sum, { count }) => sum + count, 0);
  let [seen, taken] = [0, 0];
  for await (const page of kit.entries()) {
    for (const { entry, line, hash } of page) {
      const { stream, seq } = entry;
      const known = journal.hashAt(stream, seq);
      if (known !== null && known !== hash.toString('hex')) throw new ProblemError('site.kit-differs', { seq });
      if (known !== null) continue;
      if (stream === journal.self.site) throw new ProblemError('journal.not-its-stream');
      journal.take(entry, line, hash);
      taken += 1;
    }
    await job.progress('site.kit.taking', (seen += page.length), total);
  }
  return taken;
}

/** Pairs a station that was founded on its own. */
export async function pairWith(
  door: Parameters<typeof takeKit>[0],
  kit: Kit,
  job: JobControl,
  author: Author,
): Promise<{ bureau: string; entries: number }> {
  const entries = await inTransaction(door.db, () => takeKit(door, kit, job, author));
  return { bureau: kit.bureau, entries };
}

/**
 * Pairs anew with the same bureau. One that has forgotten this station begins its stream down again: then nothing of the
 * kit's entries is taken, and the station proves itself with its secret alone.
 */
export async function pairAgain(
  door: Parameters<typeof takeKit>[0],
  kit: Kit,
  job: JobControl,
  author: Author,
): Promise<{ bureau: string; entries: number }> {
  try {
    return await pairWith(door, kit, job, author);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'site.kit-differs') throw error;
  }
  const { db, journal } = door;
  const { secret, bureau, bureauSite: site, signPublicKey, recipient } = kit;
  journal.together(() => {
    secretsOf(db).put('pairing-secret', secret);
    journal.append('handoff.bureau-pinned', { site, signPublicKey, recipient }, author);
  });
  return { bureau, entries: 0 };
}
