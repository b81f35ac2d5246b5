import { z } from 'zod';
import { job } from './call.ts';
import { Sha256, SiteCode, StreamId } from './entry.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const diagnosisProblems = {
  'diagnosis.unpaired': 'conflict',
  'diagnosis.unreadable': 'input',
} as const satisfies ProblemKinds;

const Bytes = z.number().nonnegative();
const Count = z.int().nonnegative();
/** Words of programs only: no blank, no character of a name. */
const Word = z.string().regex(/^[\w.+:-]{1,80}$/);

/**
 * What somebody who helps from afar needs to know of an installation, and nothing of its people: no name, no number, no
 * word that anybody typed. Kinds of confidential entries are one kind here as everywhere else.
 */
export const DiagnosisReport = z.strictObject({
  v: z.literal(1),
  site: SiteCode,
  siteKind: z.enum(['station', 'bureau']),
  at: z.iso.datetime(),
  versions: z.strictObject({ app: Word, node: Word, electron: Word.nullable(), sqlite: Word, schema: Count }),
  tables: z.array(Word),
  machine: z.strictObject({ platform: Word, arch: Word, release: Word, memoryBytes: Bytes, freeMemoryBytes: Bytes }),
  disk: z.strictObject({ freeBytes: Bytes, totalBytes: Bytes }),
  sizes: z.strictObject({
    databaseBytes: Bytes,
    logBytes: Bytes,
    attachments: Count,
    attachmentBytes: Bytes,
    keptAside: Count,
  }),
  entries: z.array(z.strictObject({ kind: z.string(), count: Count })),
  heads: z.array(z.strictObject({ stream: StreamId, seq: z.int(), hash: Sha256 })),
  integrity: z.strictObject({
    pagesWhole: z.boolean(),
    searchesSee: z.boolean(),
    clockJumps: Count,
    quarantined: Count,
    faults: z.array(z.strictObject({ stream: StreamId, seq: z.int(), code: z.string() })),
    keyringCopies: z.array(z.boolean()),
    /** Attachments that are here and do not open. */
    damagedAttachments: Count,
  }),
  backups: z.array(z.strictObject({ at: z.iso.datetime(), entries: Count, sizeBytes: Bytes })),
  /** Lines of the log of faults, youngest last. */
  log: z.array(z.string().max(300)).max(2_000),
  /** Lines of the log that were not of the form faults are noted in, and so were left out. */
  linesLeftOut: Count,
});
export type DiagnosisReport = z.infer<typeof DiagnosisReport>;

const helpers = ['chief', 'trainer', 'admin'] as const;

export const diagnosisCalls = {
  /** Looks at the whole installation; changes nothing. */
  'diagnosis.examine': job({ may: helpers, input: z.strictObject({}), output: DiagnosisReport }),
  /** Writes the report onto a drive, sealed to the bureau. `diagnosis.unpaired` where there is none to seal it to. */
  'diagnosis.save': job({
    may: ['chief', 'trainer'],
    at: 'station',
    input: z.strictObject({ drive: z.uuid() }),
    output: z.strictObject({ fileName: z.string() }),
  }),
  /** Opens a report that a station sealed to this bureau. */
  'diagnosis.open': job({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ file: z.uuid() }),
    output: DiagnosisReport,
  }),
};
