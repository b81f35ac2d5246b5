import { inflateRawSync } from 'node:zlib';
import { ProblemError } from '../../shared/problem.ts';
import { sheetLimits } from './limits.ts';

const END_RECORD = 0x06054b50;
const DIRECTORY_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;
const END_RECORD_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;

type Part = { readonly method: number; readonly packed: number; readonly unpacked: number; readonly offset: number };

/** The parts of a zip file, read on demand; a part may not unpack to more than the directory promised. */
export type Zip = { readonly names: readonly string[]; readonly text: (name: string) => string | null };

const notAWorkbook = (cause?: unknown): ProblemError => new ProblemError('sheet.not-a-workbook', undefined, { cause });

/** Reads the central directory (APPNOTE 4.3.12) and checks the promised sizes before anything is unpacked. */
export function openZip(bytes: Buffer): Zip {
  const parts = directoryOf(bytes);
  const total = [...parts.values()].reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > sheetLimits.unpackedBytes || parts.size > sheetLimits.parts) throw new ProblemError('sheet.too-large');
  return {
    names: [...parts.keys()],
    text: (name) => {
      const part = parts.get(name);
      return part
        ? unpack(bytes, part)
            .toString('utf8')
            .replace(/^\uFEFF/, '')
        : null;
    },
  };
}

function directoryOf(bytes: Buffer): Map<string, Part> {
  const end = endRecord(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const parts = new Map<string, Part>();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_RECORD) throw notAWorkbook();
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    parts.set(name, {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

function endRecord(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_RECORD_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_RECORD_BYTES; at >= first; at -= 1)
    if (bytes.readUInt32LE(at) === END_RECORD) return at;
  throw notAWorkbook();
}

function unpack(bytes: Buffer, { method, packed, unpacked, offset }: Part): Buffer {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_RECORD) throw notAWorkbook();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const body = bytes.subarray(start, start + packed);
  if (method === STORED) return body;
  if (method !== DEFLATED) throw notAWorkbook();
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, unpacked) });
  } catch (error) {
    throw notAWorkbook(error);
  }
}
