/**
 * The one tar a manifest has: ustar headers made from name and size alone, members in a fixed order, zero padding, two
 * zero blocks at the end. Reading needs no tar parser: what comes must be, byte for byte, what would be written.
 */
export const BLOCK = 512;
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);

/** Octal size field of 11 digits. */
const MAX_MEMBER_BYTES = 8 ** 11 - 1;

/** The header block of a regular file: mode 0644, owner 0, modified at 0. */
export function tarHeader(name: string, sizeBytes: number): Buffer {
  if (name.length > 100 || sizeBytes > MAX_MEMBER_BYTES) throw new Error('does not fit a ustar header');
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'ascii');
  block.write('0000644\0', 100, 'ascii');
  block.write('0000000\0', 108, 'ascii');
  block.write('0000000\0', 116, 'ascii');
  block.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124, 'ascii');
  block.write('00000000000\0', 136, 'ascii');
  block.write('        0', 148, 'ascii');
  block.write('ustar\0' + '00', 257, 'ascii');
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
}

/** The size a header claims; the caller compares the whole header with the one this size would have. */
export function claimedSize(header: Buffer): number | null {
  const digits = header.toString('ascii', 124, 135);
  return /^[0-7]{11}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

export const paddingBytes = (sizeBytes: number): number => (BLOCK - (sizeBytes % BLOCK)) % BLOCK;

/** What a member takes with header and padding. */
export const memberBytes = (sizeBytes: number): number => BLOCK + sizeBytes + paddingBytes(sizeBytes);
