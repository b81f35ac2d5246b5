import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, ok } from '../../shared/problem.ts';
import { memberBytes } from '../bundle/tar-layout.ts';
import { type PackageContents, type PackedAttachment, writePackage } from '../bundle/write-package.ts';
import { withEscrow } from '../crypto/age-keys.ts';
import { realDisk } from '../files/disk.ts';
import type { Drive } from '../ipc/channel.ts';
import type { HandlersOf, JobControl, Services } from '../ipc/handlers.ts';
import { type Back, broughtBack } from './give-back.ts';
import { packing, reporting } from './packing.ts';
import { roomOn } from './parts.ts';
import { type Plan, planning } from './planning.ts';
import type { HandoffStore } from './store.ts';

/** A bureau the station reports to. */
export type Bureau = {
  readonly code: string;
  readonly signPublicKey: string;
  readonly recipient: string;
  readonly escrow: string | null;
};

type Place = {
  readonly outbox: string;
  readonly appVersion: string;
  readonly copyOf: (number: number) => string;
  readonly bureau: () => Bureau | null;
  /** What the station's keys are proven by. */
  readonly credentials: (bureau: string) => Pick<PackageContents, 'pairing' | 'succession'>;
};

type PackedBack = Pick<Back, 'files'> & { readonly attachments: readonly PackedAttachment[] };

type Outgoing = {
  readonly number: number;
  readonly first: number;
  readonly bureau: Bureau;
  readonly drive: Drive;
  readonly medium: string;
  /** What the bureau, restored from a backup, asks back of its own streams. */
  readonly back: PackedBack | null;
};

/**
 * Writes what the bureau is not proven to hold as one bundle, up to where the medium is full. What is left goes on the
 * next one, as a bundle that continues this one; each is a bundle like any other.
 */
export function exporting(
  store: HandoffStore,
  services: Services,
  { outbox, appVersion, copyOf, bureau: bureauNow, credentials }: Place,
): HandlersOf<'handoff'>['handoff.export'] {
  const { db, journal, site, clock, files, attachments } = services;
  const own = site.code;
  const pack = packing(db, attachments);
  const plan = planning(db, attachments);

  const packedBack = async (): Promise<PackedBack | null> => {
    const back = broughtBack(services, store.wanted(own) ?? []);
    return back && { files: back.files, attachments: await pack.attachmentsOf(back.ranges) };
  };

  const contentsOf = (
    { number, first, bureau, medium, back }: Outgoing,
    { last, ...planned }: Plan,
    unreadable: ReadonlySet<string>,
  ): PackageContents => ({
    kind: 'report',
    from: own,
    to: bureau.code,
    number,
    appVersion,
    at: clock().toISOString(),
    known: [
      `${bureau.code}/common`,
      ...[...store.formerOf(own), own].flatMap((code) => [`${bureau.code}/${code}`, code]),
    ]
      .filter((stream) => stream !== own)
      .map((stream) => ({ stream, ...journal.head(stream) }))
      .filter(({ seq }) => seq > 0),
    ...(medium ? { medium } : {}),
    ...credentials(bureau.code),
    linePages: () => pack.linePages([{ stream: own, first, last }]),
    attachments: onlyOnce([...planned.attachments.map(pack.attachment), ...(back?.attachments ?? [])], unreadable),
    files: back?.files ?? [],
  });

  /** Seals as much onto the drive as there is room for; an attachment that turns out damaged is left out, not a reason to send nothing. */
  const seal = async (outgoing: Outgoing, asked: readonly number[], job: JobControl) => {
    const { number, first, bureau, drive, back } = outgoing;
    const freeBytes = Math.min(drive.freeBytes, await realDisk.freeBytes(drive.path));
    const roomBytes = roomOn({ ...drive, freeBytes });
    const range = { stream: own, first, last: journal.head(own).seq };
    for (const unreadable = new Set<string>(); ;) {
      const planned = await plan({
        ...{ range, roomBytes: Math.max(0, roomBytes - bytesOf(back)), asked, unreadable },
        onProgress: (done, total) => job.progress('handoff.export.measuring', done, total),
      });
      if (!planned.ok) return planned;
      const sealed = await writePackage(
        contentsOf(outgoing, planned.value, unreadable),
        {
          to: { recipients: withEscrow(bureau.recipient, bureau.escrow) },
          sign: pack.sign,
          signal: job.signal,
          onProgress: reporting(job, 'handoff.export.sealing'),
        },
        {
          path: join(drive.path, basename(copyOf(number))),
          copy: copyOf(number),
          drive,
          atMostBytes: roomBytes,
          onReadBack: reporting(job, 'handoff.export.reading-back'),
        },
      );
      if (sealed.ok) return ok({ ...planned.value, ...sealed.value });
      const { code, detail } = sealed.problem;
      if (!code.startsWith('file.') || typeof detail?.['sha256'] !== 'string') return sealed;
      unreadable.add(detail['sha256']);
    }
  };

  return async ({ drive: driveId, medium, continues }, { actor, job }) => {
    const bureau = bureauNow();
    if (!bureau) return fail('handoff.not-paired');
    const drive = files.drive(driveId);
    if (!drive) return fail('handoff.drive-unknown');
    if (drive.readOnly) return fail('disk.read-only');
    const proven = store.provenThrough(own);
    const unfinished = continues === null ? null : store.unfinished(own);
    if (continues !== null && unfinished?.number !== continues) return fail('handoff.nothing-to-continue');
    const asked = unfinished ? [] : store.attachmentsAsked(own);
    const back = await packedBack();
    const isAsked = asked.length > 0 || store.wanted(own) !== null;
    if (!unfinished && !isAsked && store.waiting(own, proven) === 0) return fail('handoff.nothing-to-export');

    await mkdir(outbox, { recursive: true });
    const number = store.nextNumber(own);
    const first = (unfinished?.last ?? proven) + 1;
    const sealed = await seal({ number, first, bureau, drive, medium, back }, asked, job);
    if (!sealed.ok) return sealed;
    const { sizeBytes, sha256, last, lost, manifest } = sealed.value;
    const rest = sealed.value.rest && { ...sealed.value.rest, entries: store.waiting(own, last) };
    const attachmentCount = manifest.attachments.length;
    const written = { number, first, last, sha256, medium, attachments: attachmentCount };
    const { seq: slip } = journal.append('handoff.bundle-written', written, { id: actor.id, key: null });
    return ok({
      ...{ number, fileName: basename(copyOf(number)), sizeBytes, sha256, first, last, rest, lost, slip },
      entries: last - first + 1,
      attachments: attachmentCount,
    });
  };
}

const bytesOf = (back: PackedBack | null): number =>
  [
    ...(back?.attachments ?? []).map(({ sizeBytes }) => sizeBytes),
    ...(back?.files ?? []).map(({ bytes }) => bytes.length),
  ]
    .map(memberBytes)
    .reduce((sum, bytes) => sum + bytes, 0);

const onlyOnce = (all: readonly PackedAttachment[], without: ReadonlySet<string>): readonly PackedAttachment[] =>
  [...new Map(all.map((one) => [one.sha256, one])).values()].filter(({ sha256 }) => !without.has(sha256));
