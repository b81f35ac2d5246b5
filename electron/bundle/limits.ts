import type { Manifest } from '../../shared/manifest.ts';
import { ProblemError } from '../../shared/problem.ts';
import { MAX_ATTACHMENT_BYTES } from '../files/attachments.ts';

const MIB = 1 << 20;

export type Limits = {
  readonly manifestBytes: number;
  /** Of `[`, `{` and `,` in the manifest: what its parsing costs. */
  readonly manifestMarks: number;
  readonly entriesBytes: number;
  readonly fileBytes: number;
  readonly attachmentBytes: number;
  readonly attachments: number;
  readonly totalBytes: number;
};

/** Far above what a station writes in years, and far below what would fill a disk. */
export const defaultLimits: Limits = {
  manifestBytes: 8 * MIB,
  manifestMarks: 250_000,
  entriesBytes: 4096 * MIB,
  fileBytes: 16 * MIB,
  attachmentBytes: MAX_ATTACHMENT_BYTES,
  attachments: 50_000,
  totalBytes: 32_768 * MIB,
};

const members = ({ entries, files, attachments }: Manifest) => [entries, ...files, ...attachments];

/** What the manifest commits to; the reader takes not a byte more. */
export const contentBytes = (manifest: Manifest): number =>
  members(manifest).reduce((total, { sizeBytes }) => total + sizeBytes, 0);

/** Refuses by the manifest's word alone, before unpacking. */
export function refuseOversized(manifest: Manifest, limits: Limits): void {
  const { entries, files, attachments } = manifest;
  const tooLarge =
    entries.sizeBytes > limits.entriesBytes ||
    files.some(({ sizeBytes }) => sizeBytes > limits.fileBytes) ||
    attachments.length > limits.attachments ||
    attachments.some(({ sizeBytes }) => sizeBytes > limits.attachmentBytes) ||
    contentBytes(manifest) > limits.totalBytes;
  if (tooLarge) throw new ProblemError('bundle.too-large', { bytes: contentBytes(manifest) });
}
