import { basename } from 'node:path';
import type { HandoffCounts, PackageOutcome } from '../../shared/handoff.ts';
import type { Manifest, Pairing } from '../../shared/manifest.ts';
import { fail, ok, orThrow, type Problem, ProblemError, type Result } from '../../shared/problem.ts';
import { pairingFits } from '../bundle/pairing.ts';
import { type OpenPackage, openPackage } from '../bundle/read-package.ts';
import { isRecipient, readIdentity, recipientOf } from '../crypto/age-keys.ts';
import { inTransaction } from '../db/transaction.ts';
import { realDisk } from '../files/disk.ts';
import type { Actor, HandlersOf, JobControl, SecondPerson, Services } from '../ipc/handlers.ts';
import type { Author } from '../journal/journal.ts';
import { downStreams } from './down-streams.ts';
import { takeBack } from './give-back.ts';
import { kitSecret } from './kit-secret.ts';
import { intake, type Lacking, type ShownReceipt } from './intake.ts';
import { bundleLooks } from './look.ts';
import { oneProgress } from './one-progress.ts';
import { packing, reporting } from './packing.ts';
import { asideEntries } from './kept-aside.ts';
import type { HandoffStore } from './store.ts';
import { supersededKeys } from './superseded.ts';

type Taken = Pick<PackageOutcome, 'lacking' | 'broughtBack' | 'letGo' | 'problem'> & { readonly counts: HandoffCounts };

/**
 * A package was refused when something of it was already written: everything is undone, and the others are taken anew
 * without it. To be able to undo one package alone would cost every other one: SQLite goes through all that an outer
 * savepoint has saved whenever one within it ends, and there is one within it for every entry.
 */
class HalfTaken extends Error {
  readonly outcome: PackageOutcome;
  constructor(outcome: PackageOutcome) {
    super('a package was refused half-way');
    this.outcome = outcome;
  }
}

/** As many as an entry may say; more come from no honest sender. */
const told = (lacking: readonly Lacking[]): { readonly lacking?: readonly Lacking[] } =>
  lacking.length > 0 ? { lacking: lacking.slice(0, 5000) } : {};

/** What a bureau restored from a backup has to be told instead: it may have had the keys. */
function asForgotten({ code, detail }: Problem): Problem {
  // With a receiver in it the package was opened, and is for somebody else.
  if (code === 'bundle.not-for-us' && !detail) return { code: 'handoff.keys-lost' };
  return { code, ...(detail ? { detail } : {}) };
}

type InboxCalls = 'handoff.lookAtBundles' | 'handoff.importBundles' | 'handoff.importWithEscrow';

/** The bureau's inbox: bundles come up, are verified and taken in, whatever their order. */
export function bureauInbox(
  store: HandoffStore,
  services: Services,
  place: { readonly staging: string; readonly second: SecondPerson },
): Pick<HandlersOf<'handoff'>, InboxCalls> {
  const { db, journal, site, files, attachments } = services;
  const own = site.code;
  const pack = packing(db, attachments);
  const aside = asideEntries(db);
  const down = downStreams(db, { site: own, kind: 'bureau' });
  const ownKeys = db.prepare<[{ own: string }], { key: string }>(
    `SELECT sign_public_key AS key FROM site WHERE code = @own AND sign_public_key IS NOT NULL
     UNION SELECT former FROM key_change WHERE site = @own`,
  );
  const forgotten = (problem: Problem): Problem => (down.wasSetBack() ? asForgotten(problem) : problem);
  const changes = db.prepare<[], { n: number }>('SELECT total_changes() AS n');
  const { isSuperseded, letGo } = supersededKeys(db);
  const siteAt = db.prepare<[string], { code: string }>('SELECT code FROM site WHERE code = ?');

  const senderKeys = ({ from, to }: Manifest, pairing: Pairing | undefined): Result<readonly string[]> => {
    // Before any key is looked at: who has the computer has its keys, and may follow them up with others.
    if (store.isRevoked(from)) return fail('handoff.sender-revoked');
    const pinned = store.pinnedKeys(own, from).map(({ signPublicKey }) => signPublicKey);
    if (pinned.length > 0) return ok(pinned);
    // Of a kit this database has forgotten, too.
    if (!pairing || !pairingFits(kitSecret(db, from), { from, to }, pairing)) return fail('bundle.unknown-sender');
    return isRecipient(pairing.recipient) ? ok([pairing.signPublicKey]) : fail('bundle.manifest-invalid');
  };

  /** Remembers the sender's keys: all of them from its first bundle, later those it changed to. */
  const pinKeys = ({ manifest, newKeys }: Pick<OpenPackage, 'manifest' | 'newKeys'>, author: Author): void => {
    const { from: station, pairing, succession = [] } = manifest;
    const pin = (keys: { readonly signPublicKey: string; readonly recipient: string }, former?: string[]): void => {
      const { signPublicKey, recipient } = keys;
      const body = { site: station, signPublicKey, recipient, ...(former ? { former } : {}) };
      journal.append('handoff.station-pinned', body, author);
    };
    const known = store.pinned(own, station) !== null;
    if (!known && pairing) pin(pairing, succession.length > 0 ? succession.map(({ former }) => former) : undefined);
    if (known) for (const change of newKeys) pin(change);
  };

  const refuseSuperseded = (opened: OpenPackage): void => {
    if (isSuperseded(opened)) throw new ProblemError('bundle.key-superseded', { from: opened.manifest.from });
  };

  /** Whether the station holds more of the bureau's streams than there is here, and had not shown it before. */
  const showsMore = ({ from, known }: Manifest): boolean =>
    known.some(({ stream, seq }) => seq > Math.max(journal.head(stream).seq, store.knownDown(from, stream)));
  const showsForgotten = ({ from }: Manifest, receipt: ShownReceipt | null): boolean =>
    receipt !== null && (receipt.through > journal.head(from).seq || down.isReturnForgotten(from, receipt.number));

  /** Applies one verified bundle inside the job's transaction, which is undone when this throws behind a change. */
  const takeBundle = async (
    { manifest, sha256, newKeys, signer, ...bundle }: OpenPackage,
    actor: Actor,
    job: JobControl,
  ): Promise<Taken> => {
    const { from, number } = manifest;
    const author = { id: actor.id, key: null };
    pinKeys({ manifest, newKeys }, author);
    for (const one of manifest.attachments)
      if (!(await attachments.has(one.sha256))) orThrow(await attachments.add(await bundle.attachment(one.sha256)));
    const isMoreShown = showsMore(manifest);
    const keys = ownKeys.all({ own }).map(({ key }) => key);
    const broughtBack = await takeBack(bundle.file, journal, keys);
    // Whose records a forgotten computer writes only the bureau's own word tells: until it is back, nothing counts.
    const isForgotten = !siteAt.get(from);
    const taking = intake(db, journal, isForgotten);
    const total = Object.values(manifest.countsByKind).reduce((sum, n) => sum + n, 0);
    for await (const page of bundle.entries()) {
      for (const one of page) taking.take(one);
      await job.progress('handoff.import.taking', taking.counts().exported, total);
    }
    let gone = 0;
    const drained = isForgotten ? 0 : taking.drain(from, () => (gone += letGo(from)));
    const counts = taking.counts();
    const lacking = await taking.lacking(attachments);
    // That it was put back, somebody may know already.
    const isKnown = isForgotten ? down.wasSetBack() : down.isUnheard(from);
    const setBack = !isKnown && (isMoreShown || showsForgotten(manifest, taking.receipt()));
    const again = store.takenOf(from).some((taken) => taken.sha256 === sha256);
    if (!again || counts.accepted + counts.quarantined + drained + broughtBack + gone > 0) {
      const receipt = taking.receipt();
      const shown = {
        ...told(lacking),
        ...(receipt ? { receipt } : {}),
        ...(setBack ? { setBack } : {}),
        ...(broughtBack > 0 ? { broughtBack } : {}),
        ...(gone > 0 ? { letGo: gone } : {}),
      };
      const { known, streams } = manifest;
      const signed = { signer, ...(streams[0] ? { first: streams[0].first, last: streams[0].last } : {}) };
      const body = { site: from, number, sha256, ...counts, known, ...signed, ...shown };
      journal.append('handoff.bundle-taken', body, author);
    }
    const problem = isForgotten ? ({ code: 'handoff.sender-forgotten' } as const) : null;
    return { counts, lacking: lacking.length, broughtBack, letGo: gone, problem };
  };

  /** Keeps what a bundle of a second history brings, which counts for nothing until its station is founded anew. */
  const keepFork = async (
    { manifest, sha256, attachment, entries }: OpenPackage,
    actor: Actor,
  ): Promise<Pick<PackageOutcome, 'site' | 'station' | 'number' | 'problem'>> => {
    const { from, number, at: writtenAt } = manifest;
    for (const one of manifest.attachments)
      if (!(await attachments.has(one.sha256))) orThrow(await attachments.add(await attachment(one.sha256)));
    const [first, kept] = await aside.keepUnknown(journal, entries());
    // When a confidential entry was written is its own affair: then the bundle's time is all that is told.
    const since = first && !journal.isConfidential(first.kind) ? first.at : writtenAt;
    if (first && kept > 0) {
      const body = { site: from, number, sha256, writtenAt, seq: first.seq, since, entries: kept };
      journal.append('handoff.fork-found', body, { id: actor.id, key: null });
    }
    const detail = { seq: first?.seq ?? 0, since };
    return { site: from, station: store.nameOf(from), number, problem: { code: 'journal.fork', detail } };
  };

  const importOne = async (
    file: string,
    actor: Actor,
    job: JobControl,
    identities: readonly string[],
    isForked: boolean,
  ): Promise<PackageOutcome> => {
    const path = files.pathOf(file);
    const name = path.ok ? basename(path.value) : '';
    const refused = (told: Problem): PackageOutcome => {
      // A package's refusal is its outcome; only the person's cancel ends the whole job.
      if (job.signal.aborted) throw new ProblemError('request.cancelled');
      const { code, detail } = forgotten(told);
      const problem = { code, ...(detail ? { detail: { ...detail } } : {}) };
      const nothing = { counts: null, lacking: 0, broughtBack: 0, letGo: 0 };
      return { file, name, site: null, station: null, number: null, ...nothing, problem };
    };
    if (!path.ok) return refused(path.problem);
    const opened = await openPackage({
      path: path.value,
      keys: { identities },
      tempDir: place.staging,
      expect: { kind: 'report', to: own },
      keysOf: senderKeys,
      signal: job.signal,
      onProgress: reporting(job, 'handoff.import.checking'),
    });
    if (!opened.ok) return refused(opened.problem);
    const before = changes.get()?.n;
    try {
      refuseSuperseded(opened.value);
      if (isForked) throw new ProblemError('journal.fork');
      const taken = await takeBundle(opened.value, actor, job);
      // It may have told of the change itself.
      refuseSuperseded(opened.value);
      const { from, number } = opened.value.manifest;
      return { file, name, site: from, station: store.nameOf(from), number, ...taken };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const outcome = refused(error.problem);
      if (changes.get()?.n !== before) throw new HalfTaken(outcome);
      return error.problem.code === 'journal.fork' ? { ...outcome, ...(await keepFork(opened.value, actor)) } : outcome;
    } finally {
      await opened.value.dispose();
    }
  };

  const sizeOf = async (file: string): Promise<number> => {
    const path = files.pathOf(file);
    return (path.ok ? await realDisk.sizeBytes(path.value) : null) ?? 0;
  };

  const importAll = async (
    chosen: readonly string[],
    actor: Actor,
    job: JobControl,
    identities: readonly string[],
    also: () => unknown = () => undefined,
  ): Promise<Result<PackageOutcome[]>> => {
    const sizes = await Promise.all(chosen.map(sizeOf));
    const passedOver = new Map<string, PackageOutcome>();
    const takeAll = async (): Promise<PackageOutcome[]> => {
      also();
      const outcomes: PackageOutcome[] = [];
      const shareOf = oneProgress(job, sizes);
      for (const [index, file] of chosen.entries()) {
        const passed = passedOver.get(file);
        const isForked = passed?.problem?.code === 'journal.fork';
        outcomes.push(
          passed && !isForked ? passed : await importOne(file, actor, shareOf(index), identities, isForked),
        );
      }
      return outcomes;
    };
    for (;;) {
      try {
        return ok(await inTransaction(db, takeAll));
      } catch (error) {
        if (!(error instanceof HalfTaken)) throw error;
        passedOver.set(error.outcome.file, error.outcome);
      }
    }
  };

  return {
    ...bundleLooks(store, services, { keysOf: senderKeys, isSuperseded }, forgotten),

    'handoff.importBundles': ({ files: chosen }, { actor, job }) => importAll(chosen, actor, job, pack.identities()),

    'handoff.importWithEscrow': async ({ files: chosen, escrowKey, ...typed }, { actor, job }) => {
      const identity = await readIdentity(escrowKey);
      if (!identity) return fail('site.escrow-key-wrong');
      const secondPerson = await place.second(actor, typed);
      const recipient = await recipientOf(identity);
      return importAll(chosen, actor, job, [...pack.identities(), identity], () =>
        journal.append('handoff.escrow-used', { recipient, secondPerson }, { id: actor.id, key: null }),
      );
    },
  };
}
