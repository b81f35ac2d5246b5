import { basename } from 'node:path';
import type { BundleStanding, PackageLook } from '../../shared/handoff.ts';
import type { Manifest, StreamRange } from '../../shared/manifest.ts';
import { ok, type Problem } from '../../shared/problem.ts';
import { type Peeked, peekPackage } from '../bundle/peek-package.ts';
import type { OpenSpec } from '../bundle/read-package.ts';
import { realDisk } from '../files/disk.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { packing } from './packing.ts';
import type { HandoffStore } from './store.ts';

type Told = NonNullable<PackageLook['manifest']>;
/** As at the import: whom to believe, and whether a key that was given up signed what came after. */
type Judging = Pick<OpenSpec, 'keysOf'> & { readonly isSuperseded: (peeked: Peeked) => boolean };
type Standing = { readonly standing: BundleStanding } & Pick<Told, 'fresh' | 'missing'>;

/** Shows the inbox's files as their manifests tell, before anything of them is imported. */
export function bundleLooks(
  store: HandoffStore,
  { db, journal, site, files, attachments }: Services,
  { keysOf, isSuperseded }: Judging,
  forgotten: (problem: Problem) => Problem,
): Pick<HandlersOf<'handoff'>, 'handoff.lookAtBundles'> {
  const pack = packing(db, attachments);
  const heldAt = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM held WHERE stream = ? AND seq = ?');

  /** The hash under a number, be the entry taken or still held back; null when it is neither. */
  const hashAt = (stream: string, seq: number): string | null =>
    journal.hashAt(stream, seq) ?? heldAt.get(stream, seq)?.hash.toString('hex') ?? null;

  const standingOf = ({ stream, first, last, prev, head }: StreamRange): Standing => {
    const { seq } = journal.head(stream);
    const fresh = Math.max(0, last - Math.max(seq, first - 1));
    const isOther = (at: number, hash: string): boolean => at > 0 && (hashAt(stream, at) ?? hash) !== hash;
    if (isOther(first - 1, prev) || isOther(last, head)) return { standing: 'fork', fresh, missing: null };
    if (last <= seq) return { standing: 'known', fresh, missing: null };
    return first > seq + 1
      ? { standing: 'early', fresh, missing: [seq + 1, first - 1] }
      : { standing: 'new', fresh, missing: null };
  };

  /** A bundle without entries brings attachments alone. */
  const withoutEntries = async (manifest: Manifest): Promise<Standing> => {
    const held = await Promise.all(manifest.attachments.map(({ sha256 }) => attachments.has(sha256)));
    return { standing: held.every(Boolean) ? 'known' : 'new', fresh: 0, missing: null };
  };

  const tell = async (manifest: Manifest): Promise<Pick<PackageLook, 'standing' | 'manifest'>> => {
    const { from, number, at, medium, streams } = manifest;
    // A report carries its sender's own stream and no other.
    const [range] = streams;
    const { standing, fresh, missing } = range ? standingOf(range) : await withoutEntries(manifest);
    return {
      standing,
      manifest: {
        site: from,
        station: store.nameOf(from),
        number,
        at,
        medium: medium ?? null,
        range: range ? [range.first, range.last] : null,
        head: range?.head ?? null,
        entries: range?.count ?? 0,
        fresh,
        attachments: manifest.attachments.length,
        missing,
      },
    };
  };

  const look = async (file: string, signal: AbortSignal): Promise<PackageLook> => {
    const path = files.pathOf(file);
    const name = path.ok ? basename(path.value) : '';
    const sizeBytes = path.ok ? ((await realDisk.sizeBytes(path.value)) ?? 0) : 0;
    const refused = (told: Problem): PackageLook => {
      const { code, detail } = forgotten(told);
      const problem = { code, ...(detail ? { detail: { ...detail } } : {}) };
      return { file, name, sizeBytes, standing: 'refused', problem, manifest: null };
    };
    if (!path.ok) return refused(path.problem);
    const keys = { identities: pack.identities() };
    const expect = { kind: 'report', to: site.code } as const;
    const peeked = await peekPackage({ path: path.value, keys, expect, keysOf, signal });
    if (!peeked.ok) return refused(peeked.problem);
    const { manifest } = peeked.value;
    if (isSuperseded(peeked.value)) return refused({ code: 'bundle.key-superseded', detail: { from: manifest.from } });
    return { file, name, sizeBytes, problem: null, ...(await tell(manifest)) };
  };

  return {
    'handoff.lookAtBundles': async ({ files: chosen }, { job }) => {
      const looks: PackageLook[] = [];
      for (const file of chosen) {
        looks.push(await look(file, job.signal));
        await job.progress('handoff.import.looking', looks.length, chosen.length);
      }
      return ok(looks);
    },
  };
}
