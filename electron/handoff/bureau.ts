import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { GENESIS } from '../../shared/entry.ts';
import type { HandoffCounts, PackageOutcome } from '../../shared/handoff.ts';
import type { Manifest, Pairing, Receipt } from '../../shared/manifest.ts';
import { fail, ok, orThrow, type Problem, ProblemError, type Result } from '../../shared/problem.ts';
import { pairingFits, pairingMac } from '../bundle/pairing.ts';
import { type OpenPackage, openPackage } from '../bundle/read-package.ts';
import { writePackage } from '../bundle/write-package.ts';
import { newSpokenKey, normalSpokenKey } from '../crypto/spoken-key.ts';
import { secretsOf } from '../db/secrets.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Actor, HandlersOf, JobControl, Services } from '../ipc/handlers.ts';
import { intake } from './intake.ts';
import { packing, rangesAfter, reporting } from './packing.ts';
import type { HandoffStore } from './store.ts';

type BureauCalls =
  | 'handoff.board'
  | 'handoff.registerStation'
  | 'handoff.issueKit'
  | 'handoff.importBundles'
  | 'handoff.writeReturn'
  | 'handoff.quarantine';

/** 60 random bits and a check group: short enough to be told by telephone, slow to guess through scrypt. */
const CODE_CHARACTERS = 12;

/** The bureau's half of the hand-off: kits and returns go down, bundles come up. */
export function bureauHandoff(
  store: HandoffStore,
  services: Services,
  place: { readonly staging: string; readonly appVersion: string; readonly codeLogN?: number },
): Pick<HandlersOf<'handoff'>, BureauCalls> {
  const { db, journal, site, clock, files, attachments } = services;
  const own = site.code;
  const pack = packing(db, attachments);
  const secrets = secretsOf(db);
  const siteOf = db.prepare<[string], { name: string; signPublicKey: string | null; recipient: string | null }>(
    'SELECT name, sign_public_key AS signPublicKey, recipient FROM site WHERE code = ?',
  );
  const down = (station: string) => [`${own}/common`, `${own}/${station}`];
  const waitingDown = (station: string): number =>
    down(station).reduce((sum, stream) => sum + journal.head(stream).seq - store.knownDown(station, stream), 0);

  const ownKeys = (): { signPublicKey: string; recipient: string } => {
    const self = siteOf.get(own);
    if (!self?.signPublicKey || !self.recipient) throw new Error('a bureau without keys');
    return { signPublicKey: self.signPublicKey, recipient: self.recipient };
  };

  const senderKey = ({ from, to }: Manifest, pairing: Pairing | undefined): Result<string> => {
    const pinned = store.pinned(from);
    if (pinned) return ok(pinned.signPublicKey);
    const secret = secrets.get(`kit-secret/${from}`);
    const fits = secret && pairing && pairingFits(secret, { from, to }, pairing);
    return fits ? ok(pairing.signPublicKey) : fail('bundle.unknown-sender');
  };

  /** Applies one verified bundle inside the job's transaction; the caller undoes it when this throws. */
  const takeBundle = async (
    { manifest, sha256, ...bundle }: OpenPackage,
    actor: Actor,
    job: JobControl,
  ): Promise<HandoffCounts> => {
    const { from, number, pairing } = manifest;
    const author = { id: actor.id, key: null };
    if (!store.pinned(from) && pairing)
      journal.append(
        'handoff.station-pinned',
        { site: from, signPublicKey: pairing.signPublicKey, recipient: pairing.recipient },
        author,
      );
    for (const one of manifest.attachments)
      if (!(await attachments.has(one.sha256))) orThrow(await attachments.add(await bundle.attachment(one.sha256)));
    const taking = intake(db, journal);
    const total = Object.values(manifest.countsByKind).reduce((sum, n) => sum + n, 0);
    for await (const page of bundle.entries()) {
      for (const one of page) taking.take(one);
      await job.progress('handoff.import.taking', taking.counts().exported, total);
    }
    const drained = taking.drain(from);
    const counts = taking.counts();
    const again = store.takenOf(from).some((taken) => taken.sha256 === sha256);
    if (!again || counts.accepted + counts.quarantined + drained > 0) {
      const known = manifest.known.map(({ stream, seq }) => ({ stream, seq }));
      journal.append('handoff.bundle-taken', { site: from, number, sha256, ...counts, known }, author);
    }
    return counts;
  };

  const importOne = async (file: string, actor: Actor, job: JobControl): Promise<PackageOutcome> => {
    const path = files.pathOf(file);
    const name = path.ok ? basename(path.value) : '';
    const refused = ({ code, detail }: Problem): PackageOutcome => {
      // A package's refusal is its outcome; only the person's cancel ends the whole job.
      if (job.signal.aborted) throw new ProblemError('request.cancelled');
      const problem = { code, ...(detail ? { detail: { ...detail } } : {}) };
      return { file, name, station: null, number: null, counts: null, problem };
    };
    if (!path.ok) return refused(path.problem);
    const opened = await openPackage({
      path: path.value,
      keys: { identities: [pack.identity()] },
      tempDir: place.staging,
      expect: { kind: 'report', to: own },
      keyOf: senderKey,
      signal: job.signal,
      onProgress: reporting(job, 'handoff.import.checking'),
    });
    if (!opened.ok) return refused(opened.problem);
    db.exec('SAVEPOINT one_package');
    try {
      const counts = await takeBundle(opened.value, actor, job);
      const { from, number } = opened.value.manifest;
      return { file, name, station: siteOf.get(from)?.name ?? from, number, counts, problem: null };
    } catch (error) {
      db.exec('ROLLBACK TO one_package');
      if (error instanceof ProblemError) return refused(error.problem);
      throw error;
    } finally {
      db.exec('RELEASE one_package');
      await opened.value.dispose();
    }
  };

  return {
    'handoff.board': () =>
      ok(
        store.stations().map(({ pinned, ...row }) => {
          const lastSeq = journal.head(row.site).seq;
          const gaps = store.gaps(row.site, lastSeq);
          return { ...row, pinned: pinned === 1, lastSeq, gaps, waitingDown: waitingDown(row.site) };
        }),
      ),

    'handoff.registerStation': ({ name, organCode, device }, { actor }) => {
      const code = `${organCode}-${device}`;
      if (siteOf.get(code)) return fail('handoff.station-code-taken');
      journal.append('site.station-registered', { site: code, name }, { id: actor.id, key: null }, code);
      return ok({ site: code });
    },

    'handoff.issueKit': async ({ site: station, drive: driveId }, { actor, job }) => {
      const known = siteOf.get(station);
      if (!known || station === own) return fail('handoff.station-unknown');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const code = newSpokenKey(CODE_CHARACTERS);
      // One secret for all kits of a station, so that a kit issued again does not cut off the one already used.
      const secret = secrets.get(`kit-secret/${station}`) ?? randomBytes(32);
      const keys = ownKeys();
      const about = {
        v: 1,
        station: known.name,
        bureau: siteOf.get(own)?.name ?? '',
        secret: secret.toString('base64'),
      };
      const ranges = rangesAfter(down(station).map((stream) => ({ stream, head: journal.head(stream), after: 0 })));
      const name = `kit-${station}.lijing`;
      const written = await writePackage(
        {
          kind: 'kit',
          from: own,
          to: station,
          number: 1,
          appVersion: place.appVersion,
          at: clock().toISOString(),
          known: [],
          pairing: { ...keys, mac: pairingMac(secret, { from: own, to: station, ...keys }) },
          linePages: () => pack.linePages(ranges),
          attachments: [],
          files: [{ name: 'site.json', bytes: Buffer.from(JSON.stringify(about)) }],
        },
        {
          to: { code: normalSpokenKey(code), ...(place.codeLogN ? { logN: place.codeLogN } : {}) },
          sign: pack.sign,
          signal: job.signal,
          onProgress: reporting(job, 'handoff.kit.writing'),
        },
        { path: join(drive.path, name), drive },
      );
      if (!written.ok) return written;
      journal.together(() => {
        secrets.put(`kit-secret/${station}`, secret);
        journal.append('handoff.kit-issued', { site: station }, { id: actor.id, key: null });
      });
      return ok({ fileName: name, spokenCode: code });
    },

    'handoff.importBundles': async ({ files: chosen }, { actor, job }) =>
      ok(
        await inTransaction(db, async () => {
          const outcomes: PackageOutcome[] = [];
          for (const file of chosen) {
            outcomes.push(await importOne(file, actor, job));
            await job.progress('handoff.import.packages', outcomes.length, chosen.length);
          }
          return outcomes;
        }),
      ),

    'handoff.writeReturn': async ({ site: station, drive: driveId }, { actor, job }) => {
      const pinned = store.pinned(station);
      if (!pinned) return fail('handoff.station-unknown');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const number = store.nextReturnNumber(station);
      const through = journal.head(station);
      const receipt: Receipt = {
        v: 1,
        stream: station,
        through: through.seq,
        hash: through.seq === 0 ? GENESIS : through.hash,
        missing: store.gaps(station, through.seq),
        quarantined: store.quarantinedOf(station),
        bundles: store.takenOf(station),
      };
      const ranges = rangesAfter(
        down(station).map((stream) => ({
          stream,
          head: journal.head(stream),
          after: store.knownDown(station, stream),
        })),
      );
      const name = `return-${station}-${String(number).padStart(4, '0')}.lijing`;
      const written = await writePackage(
        {
          kind: 'return',
          from: own,
          to: station,
          number,
          appVersion: place.appVersion,
          at: clock().toISOString(),
          known: through.seq === 0 ? [] : [{ stream: station, ...through }],
          linePages: () => pack.linePages(ranges),
          attachments: pack.attachmentsOf(ranges),
          files: [{ name: 'receipt.json', bytes: Buffer.from(JSON.stringify(receipt)) }],
        },
        {
          to: { recipients: [pinned.recipient] },
          sign: pack.sign,
          signal: job.signal,
          onProgress: reporting(job, 'handoff.return.writing'),
        },
        { path: join(drive.path, name), drive },
      );
      if (!written.ok) return written;
      const { sha256 } = written.value;
      journal.append(
        'handoff.return-written',
        { site: station, number, through: through.seq, sha256 },
        { id: actor.id, key: null },
      );
      return ok({
        fileName: name,
        through: through.seq,
        entries: ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0),
      });
    },

    'handoff.quarantine': () => ok(store.quarantine()),
  };
}
