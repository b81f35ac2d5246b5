import { crc32, deflateRawSync } from 'node:zlib';

type Part = { readonly name: string; readonly text: string; readonly promisedBytes?: number };

/** A zip as small as the format allows; `promisedBytes` lets a part lie about its unpacked size. */
export function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, promisedBytes } of parts) {
    const raw = Buffer.from(text);
    const packed = deflateRawSync(raw);
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(promisedBytes ?? raw.length, 18);
    common.writeUInt16LE(label.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, label, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, label]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

type Book = {
  readonly cells: string;
  readonly styles?: string;
  readonly strings?: string;
  readonly workbookPr?: string;
};

/** The parts of a workbook with one sheet, whose `sheetData` is given as XML. */
export const workbookParts = ({ cells, styles, strings, workbookPr = '' }: Book): Part[] => [
  {
    name: 'xl/workbook.xml',
    text: `<workbook xmlns:r="r">${workbookPr}<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    text: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  },
  { name: 'xl/worksheets/sheet1.xml', text: `<worksheet><sheetData>${cells}</sheetData></worksheet>` },
  ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', text: `<styleSheet>${styles}</styleSheet>` }]),
  ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', text: `<sst>${strings}</sst>` }]),
];

/** An xlsx of plain texts. */
export function xlsxOf(rows: readonly (readonly string[])[]): Buffer {
  const cells = rows
    .map((row, index) => {
      const inner = row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
      return `<row r="${index + 1}">${inner}</row>`;
    })
    .join('');
  return zipOf(workbookParts({ cells }));
}
