import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import type { GzipTail, Mutation } from './mutations.ts';

type GzipField = Extract<Mutation, { layer: 'gzip-header' }>['field'];

const FLAGS: Readonly<Partial<Record<GzipField, number>>> = { crc: 2, extra: 4, name: 8, comment: 16 };

/** One gzip member (RFC 1952) made by hand, with an optional field, or with a trailer that does not fit. */
export function gzipWith(field: GzipField, plain: Buffer): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, FLAGS[field] ?? 0, 0, 0, 0, 0, 0, 3]);
  const text = Buffer.from('manifest.json\0');
  const extra = Buffer.concat([Buffer.of(4, 0), Buffer.from('LJ\0\0')]);
  const fields = {
    extra,
    name: text,
    comment: text,
    sum: Buffer.alloc(0),
    size: Buffer.alloc(0),
    crc: Buffer.alloc(2),
  };
  if (field === 'crc') fields.crc.writeUInt16LE(crc32(header) & 0xffff);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE((crc32(plain) ^ (field === 'sum' ? 1 : 0)) >>> 0, 0);
  trailer.writeUInt32LE(plain.length ^ (field === 'size' ? 1 : 0), 4);
  return Buffer.concat([header, fields[field], deflateRawSync(plain), trailer]);
}

const TAILS: Readonly<Record<GzipTail, Buffer>> = {
  nothing: Buffer.alloc(0),
  'empty-member': gzipSync(''),
  zeros: Buffer.alloc(20),
  garbage: Buffer.from('PK\x03\x04'),
  'half-member': gzipSync('half').subarray(0, 14),
};

/** The bytes in several gzip members, cut at these places, and something behind them. */
export function gzipInParts(plain: Buffer, places: readonly number[], behind: GzipTail): Buffer {
  const cuts = [0, ...places.map((place) => place % plain.length).sort((a, b) => a - b), plain.length];
  const parts = cuts.slice(1).map((end, index) => gzipSync(plain.subarray(cuts[index], end)));
  return Buffer.concat([...parts, TAILS[behind]]);
}
