import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportCounts, ImportOutcome, ImportPreview, Note } from '../../shared/ledger-import.ts';
import type { TestSite } from '../support/site.ts';
import { tableLines } from './table.ts';
import type { World } from './world.ts';

const FOLDER = join(import.meta.dirname, '..', 'ledgers');

type Slice = 'roster' | 'training' | 'mentorship' | 'discipline';
type Sample = { readonly file: string; readonly slice: Slice; readonly station: number; readonly login: string };

/** Every sample in the order in which one needs the other: people first. */
const SAMPLES: readonly Sample[] = [
  { file: '城关派出所花名册.xlsx', slice: 'roster', station: 0, login: 'suozhang' },
  { file: '桃花镇人员名单.xlsx', slice: 'roster', station: 1, login: 'suozhang' },
  { file: '龙沟派出所人员.csv', slice: 'roster', station: 2, login: 'suozhang' },
  { file: '城关派出所2026年训练台账.xlsx', slice: 'training', station: 0, login: 'suozhang' },
  { file: '师徒结对名单.xlsx', slice: 'mentorship', station: 0, login: 'suozhang' },
  { file: '监督执纪台账.xlsx', slice: 'discipline', station: 0, login: 'suozhang' },
];

type Imported = { readonly file: string; readonly preview: ImportPreview; readonly outcome: ImportOutcome };
type Told = ImportOutcome['refused'][number] & { readonly file: string };

/** Imports every sample at its station, and each once more, which must add nothing. */
export async function importLedgers({ stations }: World): Promise<readonly string[]> {
  const imported: Imported[] = [];
  for (const sample of SAMPLES) {
    const site = stations[sample.station]?.site;
    if (!site) throw new Error('no such station');
    await site.signIn(sample.login);
    imported.push(await importOne(site, sample));
    const again = await importOne(site, sample);
    const { accepted, repaired } = again.outcome.counts;
    if (accepted + repaired > 0) throw new Error(`${sample.file} a second time was not known already`);
  }
  for (const { file, preview, outcome } of imported) refuseUnaccounted(file, preview, outcome.counts);
  const counts = imported.map(({ file, outcome: { counts } }) => [file, ...countCells(counts)]);
  const told: Told[] = imported.flatMap(({ file, outcome }) => outcome.refused.map((row) => ({ ...row, file })));
  return [
    ...tableLines(['台账', '数据区行数', '通过', '修正后通过', '已有且相同', '不能导入', '非数据行'], counts),
    '',
    ...tableLines(['不能导入的行', '行号', '原因'], await reasons(told)),
  ];
}

async function importOne(site: TestSite, { file, slice }: Sample): Promise<Imported> {
  const input = { file: await site.file(join(FOLDER, file)), edits: [] };
  const preview = await site.call(`${slice}.previewImport`, input);
  const outcome = await site.call(`${slice}.commitImport`, input);
  return { file, preview, outcome };
}

const countCells = (counts: ImportCounts): number[] => [
  counts.total,
  counts.accepted,
  counts.repaired,
  counts.unchanged,
  counts.refused,
  counts.skipped,
];

/** Title and heading rows and the verdicts together must be the rows of the sheet. */
function refuseUnaccounted(file: string, { sheets, sheet, headerRow }: ImportPreview, counts: ImportCounts): void {
  const { total, accepted, repaired, unchanged, refused, skipped } = counts;
  const judged = accepted + repaired + unchanged + refused + skipped;
  if (judged !== total || (headerRow ?? 0) + total !== sheets[sheet]?.rows)
    throw new Error(`${file}: ${String(judged)} verdicts for ${String(total)} rows`);
}

/** Why, in the words of the page; texts from the row are left out, as they may name somebody. */
async function reasons(rows: readonly Told[]): Promise<(string | number)[][]> {
  const texts = await noteTexts();
  const textOf = ({ code, params = {} }: Note): string =>
    (texts[code] ?? code).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      return typeof value === 'number' ? String(value) : '某某';
    });
  return rows.map(({ file, rowNumber, notes }) => [file, rowNumber, notes.map(textOf).join('；')]);
}

const LOCALES = join(import.meta.dirname, '../../renderer/locales/zh-CN');

async function noteTexts(): Promise<Readonly<Record<string, string>>> {
  type Texts = Record<'problems' | 'notes', Record<string, string>>;
  const names = await readdir(LOCALES);
  const all = await Promise.all(names.map(async (name) => readFile(join(LOCALES, name), 'utf8')));
  const texts = all.map((text) => JSON.parse(text) as Partial<Texts>);
  return Object.assign({}, ...texts.flatMap(({ problems, notes }) => [problems ?? {}, notes ?? {}])) as Texts['notes'];
}
