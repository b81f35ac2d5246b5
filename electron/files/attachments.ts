import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, fail, ok } from '../../shared/problem.ts';
import { sha256 } from '../journal/entry-line.ts';
import { type Disk, realDisk, settled } from './disk.ts';
import { writeAtomically } from './safe-write.ts';

/** Largest attachment anywhere in the application. */
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;

const NONCE = 12;
const TAG = 16;

const magicBytes = [
  { kind: 'jpg', starts: Buffer.from([0xff, 0xd8, 0xff]) },
  { kind: 'png', starts: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { kind: 'pdf', starts: Buffer.from('%PDF-') },
] as const;
export type AttachmentKind = (typeof magicBytes)[number]['kind'];

/** What the bytes are, whatever the file was called; null for what is not accepted. */
export const attachmentKind = (bytes: Uint8Array): AttachmentKind | null =>
  magicBytes.find(({ starts }) => starts.equals(bytes.subarray(0, starts.length)))?.kind ?? null;

export type Attachment = { readonly sha256: string; readonly sizeBytes: number; readonly kind: AttachmentKind };
export type AttachmentStore = ReturnType<typeof attachmentStore>;

/**
 * Photos and scans as encrypted files in a folder: AES-256-GCM under a key derived from the data key, named by a keyed
 * hash, so that neither name nor content tells anything. A file is addressed by the SHA-256 of its plaintext.
 */
export function attachmentStore(folder: string, dataKey: Uint8Array, disk: Disk = realDisk) {
  const derived = (info: string): Buffer =>
    Buffer.from(hkdfSync('sha256', dataKey, '', `lijing attachment ${info}`, 32));
  const contentKey = derived('content');
  const nameKey = derived('name');
  const pathOf = (digest: string): string => join(folder, createHmac('sha256', nameKey).update(digest).digest('hex'));

  /** Keeps the bytes; the same bytes again change nothing. `file.too-large`, `file.kind-not-accepted`, `disk.*`. */
  const add = (bytes: Uint8Array): Promise<Result<Attachment>> =>
    settled(async () => {
      const kind = attachmentKind(bytes);
      if (!kind) return fail('file.kind-not-accepted');
      if (bytes.length > MAX_ATTACHMENT_BYTES) return fail('file.too-large', { bytes: bytes.length });
      const attachment: Attachment = { sha256: sha256(bytes).toString('hex'), sizeBytes: bytes.length, kind };
      if ((await read(attachment.sha256)).ok) return ok(attachment);
      await mkdir(folder, { recursive: true });
      const written = await writeAtomically(pathOf(attachment.sha256), seal(contentKey, attachment.sha256, bytes), {
        disk,
        place: 'own',
      });
      return written.ok ? ok(attachment) : written;
    });

  /** `file.unknown` when it is not here, `file.unreadable` when it was damaged. */
  const read = async (digest: string): Promise<Result<Buffer>> => {
    if (!(await has(digest))) return fail('file.unknown', { sha256: digest });
    const bytes = unseal(contentKey, digest, await readFile(pathOf(digest)));
    return bytes ? ok(bytes) : fail('file.unreadable', { sha256: digest });
  };

  const has = async (digest: string): Promise<boolean> => (await disk.sizeBytes(pathOf(digest))) !== null;

  return { add, read, has };
}

function seal(key: Buffer, digest: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(digest, 'hex'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Null when the bytes were changed, or are another attachment's. */
function unseal(key: Buffer, digest: string, sealed: Buffer): Buffer | null {
  if (sealed.length < NONCE + TAG) return null;
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  cipher.setAAD(Buffer.from(digest, 'hex')).setAuthTag(sealed.subarray(-TAG));
  const opened = cipher.update(sealed.subarray(NONCE, -TAG));
  try {
    // In GCM nothing is left for the end but the tag.
    cipher.final();
    return opened;
  } catch (error) {
    // The one expected failure here: the tag does not fit.
    if (error instanceof Error) return null;
    throw error;
  }
}
