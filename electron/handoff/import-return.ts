import { rm } from 'node:fs/promises';
import { Wanted } from '../../shared/give-back.ts';
import { Receipt } from '../../shared/manifest.ts';
import { fail, ok, orThrow, type Result } from '../../shared/problem.ts';
import { type OpenPackage, openPackage } from '../bundle/read-package.ts';
import { keepStreamProofs } from '../bundle/stream-proofs.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Actor, HandlersOf, JobControl, Services } from '../ipc/handlers.ts';
import type { Author } from '../journal/journal.ts';
import { jsonOf } from '../bundle/members.ts';
import type { Bureau } from './export.ts';
import { intake } from './intake.ts';
import { packing, reporting } from './packing.ts';
import { notable, refusalOf } from './receipt.ts';
import type { HandoffStore } from './store.ts';

type Place = {
  readonly staging: string;
  readonly copyOf: (number: number) => string;
  readonly bureau: () => (Bureau & { readonly name: string }) | null;
};

/** Takes the bureau's return in: the receipt, what comes down, and the keys the bureau signs with by now. */
export function importingReturn(
  store: HandoffStore,
  services: Services,
  place: Place,
): HandlersOf<'handoff'>['handoff.importReturn'] {
  const { db, journal, site, files, attachments } = services;
  const own = site.code;
  const pack = packing(db, attachments);

  /** Follows the bureau to the keys of its latest return: what is sealed from now on is sealed to those. */
  const followBureau = ({ signer, newKeys }: OpenPackage, bureau: Bureau, author: Author): void => {
    const recipient = newKeys.find(({ signPublicKey }) => signPublicKey === signer)?.recipient;
    if (!recipient) return;
    const former = newKeys.map(({ signPublicKey }) => signPublicKey).filter((key) => key !== signer);
    const body = { site: bureau.code, signPublicKey: signer, recipient, ...(former.length > 0 ? { former } : {}) };
    journal.append('handoff.bureau-pinned', body, author);
  };

  const receiptIn = async ({ file }: OpenPackage): Promise<Result<Receipt>> => {
    const receipt = Receipt.safeParse(jsonOf((await file('receipt.json'))?.toString('utf8') ?? ''));
    if (!receipt.success || receipt.data.stream !== own) return fail('bundle.manifest-invalid');
    const refused = refusalOf(receipt.data, own, journal.hashAt, store.written);
    return refused ? fail(refused.code, refused.detail) : ok(receipt.data);
  };

  /** What a bureau restored from a backup asks for. */
  const wantedIn = async ({ file, manifest }: OpenPackage) => {
    const wanted = Wanted.safeParse(jsonOf((await file('wanted.json'))?.toString('utf8') ?? ''));
    const former = store.formerOf(own);
    const isTheirs = (stream: string): boolean => stream.startsWith(`${manifest.from}/`) || former.includes(stream);
    const asked = wanted.success ? wanted.data.streams.filter(({ stream }) => isTheirs(stream)) : [];
    return wanted.success ? { wanted: asked.map(({ stream, seq }) => ({ stream, seq })) } : {};
  };

  /** Applies a verified return; answers how many entries came down. */
  const take = async (
    opened: OpenPackage,
    receipt: Receipt,
    bureau: Bureau,
    actor: Actor,
    job: JobControl,
  ): Promise<number> =>
    inTransaction(db, async () => {
      const author = { id: actor.id, key: null };
      const taking = intake(db, journal);
      for await (const page of opened.entries()) {
        for (const one of page) taking.take(one);
        await job.progress('handoff.return.taking', taking.counts().exported, 0);
      }
      let downEntries = taking.counts().accepted + taking.counts().quarantined;
      for (const { stream } of opened.manifest.streams) downEntries += taking.drain(stream);
      keepStreamProofs(db, opened);
      const { number } = opened.manifest;
      const { through, hash } = receipt;
      const body = { number, through, hash, ...notable(receipt), ...(await wantedIn(opened)) };
      journal.append('handoff.receipt-taken', body, author);
      followBureau(opened, bureau, author);
      return downEntries;
    });

  return async ({ file }, { actor, job }) => {
    const bureau = place.bureau();
    if (!bureau) return fail('handoff.not-paired');
    const path = files.pathOf(file);
    if (!path.ok) return path;
    const known = store.pinnedKeys(own, bureau.code).map(({ signPublicKey }) => signPublicKey);
    const opened = await openPackage({
      path: path.value,
      keys: { identities: pack.identities() },
      tempDir: place.staging,
      expect: { kind: 'return', to: own },
      keysOf: ({ from }) => (from === bureau.code ? ok(known) : fail('bundle.unknown-sender')),
      signal: job.signal,
      onProgress: reporting(job, 'handoff.return.checking'),
    });
    if (!opened.ok) return opened;
    try {
      const receipt = await receiptIn(opened.value);
      if (!receipt.ok) return receipt;
      const before = store.receipt(own);
      // Each return carries all that the bureau is not shown to have arrived: what an earlier one brings is in the later.
      const { signer, newKeys } = opened.value;
      const isFollowedHere = newKeys.some(({ signPublicKey }) => signPublicKey === signer);
      // A key that was given up may have named any number: under the bureau's next key counting starts anew.
      const late = before !== null && !isFollowedHere && opened.value.manifest.number <= before.number;
      const latest = newKeys.at(-1)?.signPublicKey ?? known[0];
      if (!late && signer !== latest) return fail('bundle.key-superseded', { from: bureau.code });
      if (!late)
        for (const { sha256 } of opened.value.manifest.attachments)
          orThrow(await attachments.add(await opened.value.attachment(sha256)));
      const downEntries = late ? 0 : await take(opened.value, receipt.value, bureau, actor, job);
      const { through, missing, quarantined } = receipt.value;
      if (!late)
        for (const { number, last } of store.bundles(own))
          if (last <= through) await rm(place.copyOf(number), { force: true });
      return ok({
        bureau: bureau.name,
        through,
        late,
        lost: late ? null : store.lost(own),
        provenNow: late ? 0 : Math.max(0, through - (before?.through ?? 0)),
        missing,
        quarantined: quarantined.map((one) => store.told(own, one)),
        downEntries,
      });
    } finally {
      await opened.value.dispose();
    }
  };
}
