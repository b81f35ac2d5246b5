import type { AttachmentRef } from '../../shared/manifest.ts';
import { type Limits, defaultLimits } from '../bundle/limits.ts';
import { memberBytes } from '../bundle/tar-layout.ts';
import { sealedAtMost } from '../bundle/write-package.ts';
import { largestFileOn } from '../files/safe-write.ts';

/** What the entries up to `seq` add to a bundle: their own packed bytes, and the attachments that come with them. */
export type Load = { readonly seq: number; readonly bytes: number; readonly brings: readonly AttachmentRef[] };

/** What one medium takes of a range. */
export type Part = { readonly last: number; readonly attachments: readonly AttachmentRef[] };

/** An attachment's place in the manifest. */
const REF_BYTES = 110;

/** The bytes one bundle may have on a drive. */
export const roomOn = ({ freeBytes, fileSystem }: { readonly freeBytes: number; readonly fileSystem: string }) =>
  Math.min(freeBytes, largestFileOn(fileSystem));

/**
 * Fills one medium with the loads of a range, in the order of their entries, until one does not fit or would carry the
 * bundle beyond what its reader takes. A load is taken whole or not at all: a bundle ends at the border of an entry.
 */
export function filling(roomBytes: number, limits: Limits = defaultLimits) {
  const attachments: AttachmentRef[] = [];
  let last = 0;
  let plainBytes = 0;

  const grownBy = ({ bytes, brings }: Load): number =>
    brings.reduce((sum, { sizeBytes }) => sum + memberBytes(sizeBytes) + REF_BYTES, plainBytes + bytes);

  return {
    /** What the bundle would need at most with this load in it. */
    bytesWith: (load: Load): number => sealedAtMost(grownBy(load)),
    /** False when the load does not fit; nothing of it is taken then. */
    add(load: Load): boolean {
      const grown = grownBy(load);
      const fits =
        sealedAtMost(grown) <= roomBytes &&
        grown <= limits.totalBytes &&
        attachments.length + load.brings.length <= limits.attachments;
      if (!fits) return false;
      plainBytes = grown;
      last = load.seq;
      attachments.push(...load.brings);
      return true;
    },
    part: (): Part => ({ last, attachments }),
  };
}
