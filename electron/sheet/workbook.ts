import type { Cell, Grid, SheetRows } from '../../shared/grid.ts';
import { ProblemError } from '../../shared/problem.ts';
import { sheetLimits } from './limits.ts';
import { type NumberFormat, numberFormat, shownNumber } from './number-format.ts';
import { walkXml } from './xml.ts';
import { openZip, type Zip } from './zip.ts';

/** What all sheets of a workbook share. */
type Book = {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
};

/**
 * Reads the cells of an xlsx (ECMA-376) as they are shown: no formulas are run, no links followed, an error cell is its
 * text. Throws `sheet.not-a-workbook`, `sheet.too-large` or `sheet.too-many-rows`.
 */
export function readWorkbook(bytes: Buffer): Grid {
  const zip = openZip(bytes);
  const home = zip.names.find((name) => /(^|\/)workbook\.xml$/.test(name));
  if (home === undefined) throw new ProblemError('sheet.not-a-workbook');
  const folder = home.slice(0, home.lastIndexOf('/') + 1);
  const { sheets, from1904 } = contentsOf(zip.text(home) ?? '');
  const targets = relations(zip.text(`${folder}_rels/workbook.xml.rels`) ?? '');
  const book = {
    strings: sharedStrings(zip.text(`${folder}sharedStrings.xml`) ?? ''),
    formats: cellFormats(zip.text(`${folder}styles.xml`) ?? ''),
    from1904,
  };
  return {
    sheets: sheets.map(({ name, relation }) => ({ name, rows: sheetOf(zip, folder, targets.get(relation), book) })),
  };
}

function sheetOf(zip: Zip, folder: string, target: string | undefined, book: Book): SheetRows['rows'] {
  if (target === undefined) return [];
  const xml = zip.text(target.startsWith('/') ? target.slice(1) : `${folder}${target}`);
  return xml === null ? [] : rowsOf(xml, book);
}

function contentsOf(xml: string): { sheets: { name: string; relation: string }[]; from1904: boolean } {
  const sheets: { name: string; relation: string }[] = [];
  let from1904 = false;
  walkXml(xml, {
    open: (name, attribute) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute('date1904') ?? '');
      if (name === 'sheet') sheets.push({ name: attribute('name') ?? '', relation: attribute('id') ?? '' });
    },
  });
  return { sheets, from1904 };
}

function relations(xml: string): Map<string, string> {
  const targets = new Map<string, string>();
  walkXml(xml, {
    open: (name, attribute) => {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '');
    },
  });
  return targets;
}

function cellFormats(xml: string): NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCellFormats = false;
  walkXml(xml, {
    open: (name, attribute) => {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs') inCellFormats = true;
      const id = Number(attribute('numFmtId') ?? 0);
      if (name === 'xf' && inCellFormats) formats.push(numberFormat(id, codes.get(id)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formats;
}

/** Collects the text of `t` elements, passing over the reading aids (`rPh`) that Asian editions write. */
function textCollector() {
  let text = '';
  let inText = false;
  let inPhonetic = false;
  return {
    open: (name: string) => {
      if (name === 't') inText = true;
      if (name === 'rPh') inPhonetic = true;
    },
    text: (more: string) => {
      if (inText && !inPhonetic) text += more;
    },
    close: (name: string) => {
      if (name === 't') inText = false;
      if (name === 'rPh') inPhonetic = false;
    },
    take: (): string => {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  const collector = textCollector();
  walkXml(xml, {
    open: collector.open,
    text: collector.text,
    close: (name) => {
      collector.close(name);
      if (name === 'si') strings.push(collector.take());
    },
  });
  return strings;
}

function rowsOf(xml: string, book: Book): Cell[][] {
  const rows: Cell[][] = [];
  const collector = textCollector();
  let row = 0;
  let column = -1;
  let type = '';
  let style = 0;
  let value: string | null = null;
  let inValue = false;
  walkXml(xml, {
    open: (name, attribute) => {
      collector.open(name);
      if (name === 'row') {
        row = Number(attribute('r') ?? row + 1);
        column = -1;
      } else if (name === 'c') {
        const reference = attribute('r');
        column = reference === undefined ? column + 1 : columnOf(reference);
        type = attribute('t') ?? 'n';
        style = Number(attribute('s') ?? 0);
        value = null;
      } else if (name === 'v') inValue = true;
    },
    text: (text) => {
      collector.text(text);
      if (inValue) value = (value ?? '') + text;
    },
    close: (name) => {
      collector.close(name);
      if (name === 'v') inValue = false;
      if (name !== 'c') return;
      const inline = collector.take();
      put(rows, row, column, meaning(type, type === 'inlineStr' ? inline : value, style, book));
    },
  });
  return rows;
}

/** Column index of `AB12`. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/i.exec(reference)?.[0].toUpperCase() ?? 'A')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function put(rows: Cell[][], row: number, column: number, cell: Cell): void {
  if (cell === null || column >= sheetLimits.columns) return;
  if (row > sheetLimits.rows) throw new ProblemError('sheet.too-many-rows', { limit: sheetLimits.rows });
  while (rows.length < row) rows.push([]);
  const cells = rows[row - 1];
  if (!cells) return;
  while (cells.length < column) cells.push(null);
  cells[column] = cell;
}

function meaning(type: string, value: string | null, style: number, book: Book): Cell {
  if (value === null || value === '') return null;
  const number = Number(value);
  switch (type) {
    case 'b':
      return value === '1';
    case 's':
      return textCell(book.strings[number] ?? '');
    case 'd':
      return { date: value.slice(0, 10) };
    case 'n':
      return Number.isFinite(number)
        ? shownNumber(number, book.formats[style] ?? 'plain', book.from1904)
        : textCell(value);
    default:
      return textCell(value);
  }
}

const textCell = (text: string): Cell => (text.trim() === '' ? null : text.slice(0, sheetLimits.cellChars));
