import { CLOSED_ENTRY } from '../../shared/entry.ts';
import { orThrow, ProblemError } from '../../shared/problem.ts';
import { AUDIT_EXPORT_ROWS, type AuditWords, type ChainCheck } from '../../shared/site-audit.ts';
import type { EntryView } from '../../shared/site-audit.ts';
import { writeAtomically } from '../files/safe-write.ts';
import type { JobControl } from '../ipc/handlers.ts';
import { type SheetOut, workbookOf } from '../sheet/write-workbook.ts';
import type { AuditQuestion, auditOf } from './audit.ts';
import type { Reader } from './told-looks.ts';

type Cells = SheetOut['rows'][number];

/** What stands on the first sheet beside the check's result. */
export type AuditCover = { readonly site: string; readonly exportedBy: string; readonly exportedAt: string };

/** Everything the audit view shows for the question; `site.audit-too-long` where that is more than a sheet should hold. */
export async function collectAudit(
  audit: ReturnType<typeof auditOf>,
  asked: AuditQuestion,
  reader: Reader,
  job: JobControl,
): Promise<readonly EntryView[]> {
  const entries: EntryView[] = [];
  for await (const { view } of audit.matching(asked, reader, null)) {
    if (entries.length === AUDIT_EXPORT_ROWS)
      throw new ProblemError('site.audit-too-long', { limit: AUDIT_EXPORT_ROWS });
    entries.push(view);
    if (entries.length % 500 === 0) await job.progress('collecting', entries.length, 0);
  }
  return entries;
}

/** Writes the two sheets: what was asked and proven, and the entries. */
export async function writeAudit(
  path: string,
  words: AuditWords,
  about: { readonly cover: AuditCover; readonly check: ChainCheck },
  entries: readonly EntryView[],
): Promise<void> {
  const { cover: say } = words;
  const sheets: SheetOut[] = [
    {
      name: say.title,
      columns: [say.item, say.value],
      rows: coverRows(words, about, entries),
      widths: [26, 90],
    },
    {
      name: words.fileName,
      columns: words.columns,
      rows: entries.map((entry) => entryCells(words, entry)),
      widths: WIDTHS,
    },
  ];
  orThrow(await writeAtomically(path, await workbookOf(sheets)));
}

const WIDTHS = [20, 24, 8, 22, 14, 8, 10, 80, 68];

function coverRows(
  { cover: say, asked, kinds, codes }: AuditWords,
  { cover, check }: { readonly cover: AuditCover; readonly check: ChainCheck },
  entries: readonly EntryView[],
): Cells[] {
  const wrong = check.faults.length + check.rows.length + check.losses.length;
  const counts = Map.groupBy(entries, ({ kind }) => kind);
  return [
    [say.site, cover.site],
    [say.exportedBy, cover.exportedBy],
    [say.exportedAt, cover.exportedAt],
    [say.filter, asked],
    [say.rows, entries.length],
    [say.entries, check.entries],
    [say.streams, check.streams],
    [say.clockJumps, check.clockJumps],
    [say.result, wrong === 0 ? say.good : say.bad],
    ...check.faults.map(({ stream, seq, code }) => [`${say.fault} ${stream} ${String(seq)}`, codes[code] ?? code]),
    ...check.rows.map(({ table, key, what }) => [`${say.row} ${table} ${key}`, say[what]]),
    ...check.losses.map(({ stream, seq, at }) => [`${say.loss} ${stream} ${String(seq)}`, at]),
    ...check.heads.map(({ stream, seq, hash }) => [`${say.head} ${stream}`, `${String(seq)} ${hash}`]),
    ...[...counts].map(([kind, found]) => [`${say.count} ${nameOf(kind, kinds, say)}`, found.length]),
  ];
}

const nameOf = (kind: string, kinds: AuditWords['kinds'], cover: AuditWords['cover']): string =>
  kind === CLOSED_ENTRY ? cover.closed : (kinds[kind] ?? kind);

/** In the order of `auditColumns`. */
const entryCells = ({ kinds, cover }: AuditWords, entry: EntryView): Cells => [
  entry.at,
  entry.stream,
  entry.seq,
  nameOf(entry.kind, kinds, cover),
  entry.byName ?? entry.by,
  entry.signed ? '✓' : null,
  entry.clockJumpedBack ? '✓' : null,
  // A cell holds 32,767 characters.
  entry.body && JSON.stringify(entry.body).slice(0, 32_000),
  entry.hash,
];
