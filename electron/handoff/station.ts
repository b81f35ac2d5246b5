import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { GENESIS } from '../../shared/entry.ts';
import { Receipt } from '../../shared/manifest.ts';
import { fail, ok, orThrow, ProblemError } from '../../shared/problem.ts';
import { openPackage } from '../bundle/read-package.ts';
import { pairingMac } from '../bundle/pairing.ts';
import { writePackage } from '../bundle/write-package.ts';
import { secretsOf } from '../db/secrets.ts';
import { inTransaction } from '../db/transaction.ts';
import { readPieces, realDisk } from '../files/disk.ts';
import { safeWrite } from '../files/safe-write.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { intake } from './intake.ts';
import { packing, reporting } from './packing.ts';
import type { HandoffStore } from './store.ts';

type StationCalls = 'handoff.state' | 'handoff.export' | 'handoff.importReturn';

/** The station's half of the hand-off: bundles go out, receipts and the bureau's entries come back. */
export function stationHandoff(
  store: HandoffStore,
  services: Services,
  place: { readonly outbox: string; readonly staging: string; readonly appVersion: string },
): Pick<HandlersOf<'handoff'>, StationCalls> {
  const { db, journal, site, clock, files, attachments } = services;
  const own = site.code;
  const pack = packing(db, attachments);
  const bureauOf = db.prepare<[string], { code: string; name: string; signPublicKey: string; recipient: string }>(
    `SELECT b.code, b.name, b.sign_public_key AS signPublicKey, b.recipient
     FROM site s JOIN site b ON b.code = s.bureau WHERE s.code = ?`,
  );
  const provenThrough = (): number => store.receipt(own)?.through ?? 0;
  const copyOf = (number: number): string => join(place.outbox, fileName(own, number));

  return {
    'handoff.state': () => {
      const receipt = store.receipt(own);
      const proven = provenThrough();
      const waitingByKind = store.waitingByKind(own, proven);
      return ok({
        paired: bureauOf.get(own) !== undefined,
        lastSeq: journal.head(own).seq,
        provenThrough: proven,
        waiting: Object.values(waitingByKind).reduce((sum, n) => sum + n, 0),
        waitingByKind,
        receiptAt: receipt?.at ?? null,
        missing: receipt?.missing ?? [],
        quarantined: receipt?.quarantined ?? [],
        bundles: store.bundles(own).map((bundle) => ({
          ...bundle,
          proven: bundle.last <= proven,
          copyKept: existsSync(copyOf(bundle.number)),
        })),
      });
    },

    'handoff.export': async ({ drive: driveId, medium }, { actor, job }) => {
      const bureau = bureauOf.get(own);
      if (!bureau) return fail('handoff.not-paired');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const first = provenThrough() + 1;
      if (Object.keys(store.waitingByKind(own, first - 1)).length === 0) return fail('handoff.nothing-to-export');

      const number = store.nextNumber(own);
      const ranges = [{ stream: own, first, last: journal.head(own).seq }];
      const packed = pack.attachmentsOf(ranges);
      await mkdir(place.outbox, { recursive: true });
      const sealed = await writePackage(
        {
          kind: 'report',
          from: own,
          to: bureau.code,
          number,
          appVersion: place.appVersion,
          at: clock().toISOString(),
          known: [`${bureau.code}/common`, `${bureau.code}/${own}`]
            .map((stream) => ({ stream, ...journal.head(stream) }))
            .filter(({ seq }) => seq > 0),
          ...(medium ? { medium } : {}),
          ...pairingOf(services, bureau.code),
          linePages: () => pack.linePages(ranges),
          attachments: packed,
          files: [],
        },
        {
          to: { recipients: [bureau.recipient] },
          sign: pack.sign,
          signal: job.signal,
          onProgress: reporting(job, 'handoff.export.sealing'),
        },
        { path: copyOf(number) },
      );
      if (!sealed.ok) return sealed;
      const { sizeBytes, sha256 } = sealed.value;
      const onStick = await safeWrite({
        path: join(drive.path, fileName(own, number)),
        bytes: readPieces(realDisk, copyOf(number)),
        atMostBytes: sizeBytes,
        drive,
        signal: job.signal,
        onProgress: (done) => reporting(job, 'handoff.export.writing')(done, sizeBytes),
      });
      if (!onStick.ok) return onStick;
      if (onStick.value.sha256 !== sha256) return fail('disk.read-back-differs');
      const last = ranges[0]?.last ?? first;
      journal.append('handoff.bundle-written', { number, first, last, sha256, medium }, { id: actor.id, key: null });
      const entries = last - first + 1;
      return ok({ number, fileName: fileName(own, number), sizeBytes, sha256, entries, attachments: packed.length });
    },

    'handoff.importReturn': async ({ file }, { actor, job }) => {
      const bureau = bureauOf.get(own);
      if (!bureau) return fail('handoff.not-paired');
      const path = files.pathOf(file);
      if (!path.ok) return path;
      const opened = await openPackage({
        path: path.value,
        keys: { identities: [pack.identity()] },
        tempDir: place.staging,
        expect: { kind: 'return', to: own },
        keyOf: ({ from }) => (from === bureau.code ? ok(bureau.signPublicKey) : fail('bundle.unknown-sender')),
        signal: job.signal,
        onProgress: reporting(job, 'handoff.return.checking'),
      });
      if (!opened.ok) return opened;
      const { manifest, entries, file: member, attachment, dispose } = opened.value;
      try {
        const receipt = Receipt.safeParse(JSON.parse((await member('receipt.json'))?.toString('utf8') ?? 'null'));
        if (!receipt.success || receipt.data.stream !== own) return fail('bundle.manifest-invalid');
        const { through, hash, missing, quarantined } = receipt.data;
        if (hash !== (through === 0 ? GENESIS : journal.hashAt(own, through)))
          return fail('handoff.receipt-not-our-history', { through });
        for (const { sha256 } of manifest.attachments) orThrow(await attachments.add(await attachment(sha256)));

        const before = store.receipt(own);
        let downEntries = 0;
        await inTransaction(db, async () => {
          const taking = intake(db, journal);
          for await (const page of entries()) {
            for (const one of page) taking.take(one);
            await job.progress('handoff.return.taking', taking.counts().exported, 0);
          }
          downEntries = taking.counts().accepted + taking.counts().quarantined;
          for (const { stream } of manifest.streams) downEntries += taking.drain(stream);
          if (isNews(before, receipt.data))
            journal.append(
              'handoff.receipt-taken',
              { through, hash, missing, quarantined },
              { id: actor.id, key: null },
            );
        });
        for (const { number, last } of store.bundles(own))
          if (last <= through) await rm(copyOf(number), { force: true });
        return ok({
          bureau: bureau.name,
          through,
          provenNow: Math.max(0, through - (before?.through ?? 0)),
          missing,
          quarantined: quarantined.map((one) => ({ ...one, kind: store.kindAt(own, one.seq) })),
          downEntries,
        });
      } finally {
        await dispose();
      }
    },
  };
}

/** An older receipt than the one held says nothing new; the same one again changes nothing. */
const isNews = (held: ReturnType<HandoffStore['receipt']>, receipt: Receipt): boolean =>
  held === null ||
  receipt.through > held.through ||
  (receipt.through === held.through &&
    JSON.stringify([receipt.missing, receipt.quarantined.map(({ seq, code }) => [seq, code])]) !==
      JSON.stringify([held.missing, held.quarantined.map(({ seq, code }) => [seq, code])]));

/** Ascii only, so that the name survives every stick and code page. */
const fileName = (site: string, number: number): string => `report-${site}-${String(number).padStart(4, '0')}.lijing`;

/** The station's keys with the proof that it was founded with the bureau's kit; in every bundle, as any may be the first to arrive. */
function pairingOf({ db, site }: Services, bureau: string) {
  const secret = secretsOf(db).get('pairing-secret');
  const self = db
    .prepare<[string], { signPublicKey: string; recipient: string }>(
      'SELECT sign_public_key AS signPublicKey, recipient FROM site WHERE code = ?',
    )
    .get(site.code);
  if (!secret || !self) throw new ProblemError('handoff.not-paired');
  return { pairing: { ...self, mac: pairingMac(secret, { from: site.code, to: bureau, ...self }) } };
}
