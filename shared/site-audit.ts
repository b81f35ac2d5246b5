import { z } from 'zod';
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
