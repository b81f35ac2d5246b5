import { z } from 'zod';
import { job, query } from './call.ts';
import { Sha256, StreamId } from './entry.ts';

/** What of the journal is looked for; null is everything. `person` is a file: whatever was done to it. */
export const AuditFilter = z.strictObject({
  person: z.uuid().nullable(),
  account: z.uuid().nullable(),
  kind: z.string().max(80).nullable(),
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** The exported columns, in order. */
export const auditColumns = ['at', 'stream', 'seq', 'kind', 'by', 'signed', 'clockBack', 'body', 'hash'] as const;
/** What the first sheet of an export says. */
export const auditCoverWords = [
  'title',
  'item',
  'value',
  'site',
  'exportedBy',
  'exportedAt',
  'filter',
  'rows',
  'entries',
  'streams',
  'clockJumps',
  'result',
  'good',
  'bad',
  'head',
  'fault',
  'row',
  'loss',
  'count',
  'changed',
  'missing',
  'surplus',
  'closed',
] as const;
/** Entries an export takes at most; more are asked for by date. */
export const AUDIT_EXPORT_ROWS = 100_000;

export const ChainCheck = z.strictObject({
  entries: z.int(),
  streams: z.int(),
  clockJumps: z.int(),
  faults: z.array(z.strictObject({ stream: StreamId, seq: z.int(), code: z.string() })),
  /** Rows of the tables that differ from what a replay of the journal makes; 200 at most. */
  rows: z.array(
    z.strictObject({ table: z.string(), key: z.string(), what: z.enum(['changed', 'missing', 'surplus']) }),
  ),
  /** Ends of streams that were found missing at some start, and when. */
  losses: z.array(z.strictObject({ stream: StreamId, seq: z.int(), at: z.iso.datetime() })),
  heads: z.array(z.strictObject({ stream: StreamId, seq: z.int(), hash: Sha256 })),
});
export type ChainCheck = z.infer<typeof ChainCheck>;

/** The page's words for an export: the core has none of its own. */
export const AuditWords = z.strictObject({
  fileName: z.string().min(1).max(80),
  /** What was looked for, in words. */
  asked: z.string().max(500),
  cover: z.record(z.enum(auditCoverWords), z.string().max(200)),
  columns: z.array(z.string().max(40)).length(auditColumns.length),
  /** By kind of entry. */
  kinds: z.record(z.string(), z.string().max(60)),
  /** By code of a fault. */
  codes: z.record(z.string(), z.string().max(300)),
});
export type AuditWords = z.infer<typeof AuditWords>;

const EntryView = z.strictObject({
  stream: StreamId,
  seq: z.int(),
  at: z.iso.datetime(),
  by: z.string(),
  byName: z.string().nullable(),
  kind: z.string(),
  /** Null where the reader may not see what it says. */
  body: z.record(z.string(), z.json()).nullable(),
  hash: Sha256,
  signed: z.boolean(),
  /** The clock stood earlier than at the entry before. */
  clockJumpedBack: z.boolean(),
});
export type EntryView = z.infer<typeof EntryView>;

const auditors = ['chief', 'inspector', 'admin', 'leader'] as const;

/** The journal as people read it, its check, and what leaves for inspectors. */
export const auditCalls = {
  /** Newest first; `before` is the position (from the page before) to go on from. */
  'site.listEntries': query({
    may: auditors,
    input: z.strictObject({
      stream: StreamId.nullable(),
      before: z.int().nullable(),
      limit: z.int().min(1).max(200),
      filter: AuditFilter.optional(),
    }),
    output: z.strictObject({ entries: z.array(EntryView), next: z.int().nullable(), streams: z.array(StreamId) }),
  }),
  /**
   * Recomputes every hash, link and personal signature, compares the journal with what receipts, backups and this
   * computer remember of it, and every table with a replay; opens every attachment.
   */
  'site.checkChain': job({
    may: auditors,
    input: z.strictObject({}),
    output: ChainCheck,
  }),
  /**
   * Saves what the audit view shows, all of it, as xlsx for inspectors: after a check, whose result stands on the first
   * sheet with heads and counts. The page gives the words, also of every kind. Null when the dialog was closed.
   */
  'site.exportAudit': job({
    may: auditors,
    input: z.strictObject({
      stream: StreamId.nullable(),
      filter: AuditFilter,
      words: AuditWords,
    }),
    output: z.strictObject({ rows: z.int(), faults: z.int() }).nullable(),
  }),
};
