import { deflateRawSync } from 'node:zlib';
import type { AttachmentRef } from '../../shared/manifest.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import { attachmentsNamed } from '../journal/attachment-refs.ts';
import type { Range } from './packing.ts';
import { filling, type Load, type Part } from './parts.ts';

export type Plan = Part & {
  /** What is left of the range for the next medium; null when this one takes all of it. */
  readonly rest: { readonly attachments: number; readonly sizeBytes: number } | null;
  /** Attachments the range's entries name that are no longer on this computer. */
  readonly lost: number;
};

export type ToPlan = {
  readonly range: Range;
  readonly roomBytes: number;
  /** Entries sent before whose attachments the other side has asked for. */
  readonly asked: readonly number[];
  /** Attachments found to be damaged: left out like those that are gone. */
  readonly unreadable: ReadonlySet<string>;
  readonly onProgress: (done: number, total: number) => Promise<void>;
};

type Named = ReadonlyMap<string, AttachmentRef>;

/** Entries looked at before others get a turn. */
const WINDOW = 5_000;
/** Entries whose packed size is measured together. */
const SAMPLE = 200;

/** Decides what the next bundle carries: as much of the range as the medium takes, and no attachment twice. */
export function planning(db: Db, attachments: Pick<AttachmentStore, 'has'>) {
  const naming = db.prepare<[string, number, number], { line: string }>(
    `SELECT line FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? AND line LIKE '%"sizeBytes":%' ORDER BY seq`,
  );
  const everywhere = db.prepare<[number, number], { stream: string; seq: number; line: string }>(
    `SELECT stream, seq, line FROM entry WHERE position > ? AND position <= ? AND line LIKE '%"sizeBytes":%'`,
  );
  const journalEnd = db.prepare<[], { position: number | null }>('SELECT max(position) AS position FROM entry');
  const lines = db.prepare<[string, number, number], { seq: number; line: string }>(
    'SELECT seq, line FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq',
  );
  const weight = db.prepare<[string, number, number], { bytes: number | null }>(
    'SELECT sum(octet_length(line) + 1) AS bytes FROM entry WHERE stream = ? AND seq BETWEEN ? AND ?',
  );

  const namedIn = async ({
    range: { stream, first, last },
    onProgress,
  }: ToPlan): Promise<Map<string, AttachmentRef>> => {
    const named = new Map<string, AttachmentRef>();
    for (let from = first; from <= last; from += WINDOW) {
      for (const { line } of naming.all(stream, from, Math.min(last, from + WINDOW - 1)))
        for (const one of attachmentsNamed(line)) named.set(one.sha256, one);
      await onProgress(Math.min(last, from + WINDOW - 1) - first + 1, last - first + 1);
    }
    return named;
  };

  /** Takes out what the other side holds: named by it, or by our entries before the range. */
  const forgetSent = async (named: Map<string, AttachmentRef>, { range, onProgress }: ToPlan): Promise<void> => {
    const end = journalEnd.get()?.position ?? 0;
    for (let after = 0; after < end && named.size > 0; after += WINDOW) {
      for (const { stream, seq, line } of everywhere.all(after, after + WINDOW))
        if (stream !== range.stream || seq < range.first)
          for (const { sha256 } of attachmentsNamed(line)) named.delete(sha256);
      await onProgress(Math.min(end, after + WINDOW), end);
    }
  };

  const askedFor = ({ range, asked }: ToPlan): AttachmentRef[] =>
    asked.flatMap((seq) => naming.all(range.stream, seq, seq).flatMap(({ line }) => attachmentsNamed(line)));

  /** The range entry by entry, each with the attachments it is the first to name. */
  function* loadsOf({ stream, first, last }: Range, sending: Named): Generator<Load> {
    const left = new Map(sending);
    for (let from = first; from <= last; from += SAMPLE) {
      const rows = lines.all(stream, from, Math.min(last, from + SAMPLE - 1));
      const packed = packedShare(rows.map(({ line }) => line));
      for (const { seq, line } of rows) {
        const brings = attachmentsNamed(line).filter(({ sha256 }) => left.delete(sha256));
        yield { seq, bytes: Math.ceil((Buffer.byteLength(line) + 1) * packed), brings };
      }
    }
  }

  /** The border of the part, where the whole range does not fit. */
  const cut = async ({ range, roomBytes, onProgress }: ToPlan, sending: Named): Promise<Result<Part>> => {
    const medium = filling(roomBytes);
    for (const load of loadsOf(range, sending)) {
      if (!medium.add(load)) {
        if (load.seq > range.first) break;
        return fail('disk.full', { neededBytes: medium.bytesWith(load), freeBytes: roomBytes });
      }
      if (load.seq % SAMPLE === 0) await onProgress(load.seq - range.first + 1, range.last - range.first + 1);
    }
    return ok(medium.part());
  };

  return async (spec: ToPlan): Promise<Result<Plan>> => {
    const { range, roomBytes, unreadable } = spec;
    const isHere = async ({ sha256 }: AttachmentRef): Promise<boolean> =>
      !unreadable.has(sha256) && (await attachments.has(sha256));
    const named = await namedIn(spec);
    await forgetSent(named, spec);
    const sending = new Map<string, AttachmentRef>();
    for (const one of named.values()) if (await isHere(one)) sending.set(one.sha256, one);
    const lost = named.size - sending.size;

    const bytes = weight.get(range.stream, range.first, range.last)?.bytes ?? 0;
    const medium = filling(roomBytes);
    if (!medium.add({ seq: range.last, bytes, brings: [...sending.values()] })) {
      const part = await cut(spec, sending);
      return part.ok ? ok({ ...part.value, rest: restOf(range, part.value, sending), lost }) : part;
    }
    for (const one of askedFor(spec))
      if (!sending.has(one.sha256) && (await isHere(one)) && medium.add({ seq: range.last, bytes: 0, brings: [one] }))
        sending.set(one.sha256, one);
    return ok({ ...medium.part(), rest: null, lost });
  };
}

function restOf({ last }: Range, part: Part, sending: Named): Plan['rest'] {
  if (part.last === last) return null;
  const sizeOf = (all: Iterable<AttachmentRef>): number => [...all].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    attachments: sending.size - part.attachments.length,
    sizeBytes: sizeOf(sending.values()) - sizeOf(part.attachments),
  };
}

/** What compression leaves of the lines; the bundle, compressed as one, comes out smaller. */
function packedShare(lines: readonly string[]): number {
  const bytes = Buffer.from(lines.join('\n'));
  return bytes.length === 0 ? 0 : Math.min(1, deflateRawSync(bytes, { level: 1 }).length / bytes.length);
}
