import { join } from 'node:path';
import { GENESIS } from '../../shared/entry.ts';
import type { Wanted } from '../../shared/give-back.ts';
import type { Receipt } from '../../shared/manifest.ts';
import { fail, ok, type ProblemCode } from '../../shared/problem.ts';
import { pairingMac } from '../bundle/pairing.ts';
import { writePackage } from '../bundle/write-package.ts';
import { withEscrow } from '../crypto/age-keys.ts';
import { newSpokenKey, normalSpokenKey } from '../crypto/spoken-key.ts';
import type { HandlersOf, SecondPerson, Services } from '../ipc/handlers.ts';
import type { Head } from '../journal/journal.ts';
import { stationBoard } from './board.ts';
import { downStreams } from './down-streams.ts';
import { packing, type Range, rangesAfter, reporting } from './packing.ts';
import { packageName } from './file-names.ts';
import { kitSecret } from './kit-secret.ts';
import type { HandoffStore } from './store.ts';

type BureauCalls = `handoff.${
  'board' | 'registerStation' | 'issueKit' | 'writeReturn' | 'revokeStation' | 'resumeDown'}`;

/** 60 random bits and a check group: short enough to be told by telephone, slow to guess through scrypt. */
const CODE_CHARACTERS = 12;

/** What a bureau sends down: kits and returns, and the board of its stations. */
export function bureauHandoff(
  store: HandoffStore,
  services: Services,
  place: {
    readonly appVersion: string;
    readonly codeLogN?: number;
    readonly second: SecondPerson;
    /** Tells the stations of the signers they do not know yet. */
    readonly announceSigners: () => void;
  },
): Pick<HandlersOf<'handoff'>, BureauCalls> {
  const { db, journal, site, clock, files, attachments } = services;
  const own = site.code;
  const pack = packing(db, attachments);
  const siteOf = db.prepare<
    [string],
    { name: string; signPublicKey: string | null; recipient: string | null; escrow: string | null }
  >('SELECT name, sign_public_key AS signPublicKey, recipient, escrow FROM site WHERE code = ?');
  const streams = downStreams(db, { site: own, kind: 'bureau' });
  const down = (station: string) => [`${own}/common`, `${own}/${station}`];

  /** Whether the station proved itself to be this bureau's, restored from a backup that knows nothing of it. */
  const isForgotten = (station: string): boolean => !siteOf.get(station) && store.pinned(own, station) !== null;
  const isStation = (site: string): boolean => site !== own && (siteOf.get(site) !== undefined || isForgotten(site));

  const ownKeys = (): { signPublicKey: string; recipient: string } => {
    const self = siteOf.get(own);
    if (!self?.signPublicKey || !self.recipient) throw new Error('a bureau without keys');
    return { signPublicKey: self.signPublicKey, recipient: self.recipient };
  };

  /** Entries that came without an attachment they name, where it has not come since. */
  const withoutAttachment = async (station: string): Promise<Receipt['quarantined']> => {
    const seqs = new Set<number>();
    for (const { seq, sha256 } of store.awaited(station)) if (!(await attachments.has(sha256))) seqs.add(seq);
    for (const { seq } of store.quarantinedOf(station)) seqs.delete(seq);
    return [...seqs].map((seq) => ({ seq, code: 'entry.attachment-missing' satisfies ProblemCode }));
  };

  const receiptFor = async (station: string, { seq, hash }: Head): Promise<Receipt> => ({
    v: 1,
    stream: station,
    through: seq,
    hash: seq === 0 ? GENESIS : hash,
    missing: store.gaps(station, seq),
    quarantined: [...store.quarantinedOf(station), ...(await withoutAttachment(station))],
    bundles: store.takenOf(station),
  });

  /** What goes down; what would go on from a fork would be refused, and the receipt with it. */
  const rangesFor = (station: string): Range[] =>
    rangesAfter(
      down(station)
        .filter((stream) => !streams.isForked(station, stream))
        .map((stream) => ({ stream, head: journal.head(stream), after: store.knownDown(station, stream) })),
    );

  /** What a bureau restored from a backup asks of the station; null where it asks nothing. */
  const wantedOf = (station: string): Wanted | null => {
    const wanted = streams.wanted(station);
    return wanted.length > 0 || streams.isUnheard(station) ? { v: 1, streams: wanted } : null;
  };

  return {
    ...stationBoard(store, services, streams),

    'handoff.registerStation': ({ name, organCode, device }, { actor }) => {
      const code = `${organCode}-${device}`;
      if (siteOf.get(code) || isForgotten(code)) return fail('handoff.station-code-taken');
      journal.append('site.station-registered', { site: code, name }, { id: actor.id, key: null }, code);
      return ok({ site: code });
    },

    'handoff.revokeStation': async ({ site: station, reason, words, ...typed }, { actor }) => {
      if (!isStation(station)) return fail('handoff.station-unknown');
      if (store.isRevoked(station)) return fail('handoff.station-revoked');
      const secondPerson = await place.second(actor, typed);
      const body = { site: station, reason, words, secondPerson };
      journal.append('handoff.station-revoked', body, { id: actor.id, key: null });
      return ok({});
    },

    'handoff.resumeDown': ({ site: station, reason }, { actor }) => {
      if (!isStation(station)) return fail('handoff.station-unknown');
      if (streams.isUnheard(station) || streams.behind(station).some(({ stream }) => stream !== station))
        journal.append('handoff.down-resumed', { site: station, reason }, { id: actor.id, key: null });
      return ok({});
    },

    'handoff.issueKit': async ({ site: station, drive: driveId, medium }, { actor, job }) => {
      // A computer that a restored bureau has forgotten may trust and seal to keys it has forgotten, too.
      if (!isStation(station) && (station === own || !streams.wasSetBack())) return fail('handoff.station-unknown');
      if (store.isRevoked(station)) return fail('handoff.station-revoked');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const code = newSpokenKey(CODE_CHARACTERS);
      const secret = kitSecret(db, station);
      const keys = ownKeys();
      const about = {
        v: 1,
        station: store.nameOf(station),
        bureau: siteOf.get(own)?.name ?? '',
        secret: secret.toString('base64'),
      };
      // What a computer is given names the one before it, so it comes before what the computer wrote.
      const carried = [
        `${own}/common`,
        ...store.formerOf(station).flatMap((code) => [`${own}/${code}`, code]),
        `${own}/${station}`,
      ];
      const ranges = rangesAfter(carried.map((stream) => ({ stream, head: journal.head(stream), after: 0 })));
      const name = packageName({ kind: 'kit', station, number: null });
      const written = await writePackage(
        {
          kind: 'kit',
          from: own,
          to: station,
          number: 1,
          appVersion: place.appVersion,
          at: clock().toISOString(),
          known: [],
          ...(medium ? { medium } : {}),
          pairing: { ...keys, mac: pairingMac(secret, { from: own, to: station, ...keys }) },
          ...pack.succession(own),
          linePages: () => pack.linePages(ranges),
          attachments: await pack.attachmentsOf(ranges),
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
      const { sha256 } = written.value;
      const issued = { site: station, sha256, medium, attachments: 0, ranges };
      const { seq: slip } = journal.append('handoff.kit-issued', issued, { id: actor.id, key: null });
      return ok({ fileName: name, spokenCode: code, slip });
    },

    'handoff.writeReturn': async ({ site: station, drive: driveId, medium }, { actor, job }) => {
      const pinned = store.pinned(own, station);
      if (!pinned) return fail('handoff.station-unknown');
      if (store.isRevoked(station)) return fail('handoff.station-revoked');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      place.announceSigners();
      const number = streams.nextReturnNumber(station, clock());
      const through = journal.head(station);
      const receipt = await receiptFor(station, through);
      const wanted = wantedOf(station);
      const ranges = rangesFor(station);
      const name = packageName({ kind: 'return', station, number });
      const written = await writePackage(
        {
          kind: 'return',
          from: own,
          to: station,
          number,
          appVersion: place.appVersion,
          at: clock().toISOString(),
          known: through.seq === 0 ? [] : [{ stream: station, ...through }],
          ...(medium ? { medium } : {}),
          ...pack.succession(own),
          linePages: () => pack.linePages(ranges),
          attachments: await pack.attachmentsOf(ranges),
          files: [
            { name: 'receipt.json', bytes: Buffer.from(JSON.stringify(receipt)) },
            ...(wanted ? [{ name: 'wanted.json', bytes: Buffer.from(JSON.stringify(wanted)) }] : []),
          ],
        },
        {
          to: { recipients: withEscrow(pinned.recipient, siteOf.get(own)?.escrow ?? null) },
          sign: pack.sign,
          signal: job.signal,
          onProgress: reporting(job, 'handoff.return.writing'),
        },
        { path: join(drive.path, name), drive },
      );
      if (!written.ok) return written;
      const { sha256, manifest } = written.value;
      const attachmentCount = manifest.attachments.length;
      const { seq: slip } = journal.append(
        'handoff.return-written',
        { site: station, number, through: through.seq, sha256, medium, attachments: attachmentCount, ranges },
        { id: actor.id, key: null },
      );
      return ok({
        slip,
        fileName: name,
        through: through.seq,
        entries: ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0),
      });
    },
  };
}
