import { z } from 'zod';
import { Sha256, StreamId } from './entry.ts';
import { Signature } from './keys.ts';

const Line = z.string().max(1 << 20);

/**
 * Member `wanted.json` of a return: a bureau, restored from a backup, wants to hear of the station again, and what it
 * lacks of its own streams and of those of the computers the station had before. None of them is missing as far as it knows when the list is empty.
 */
export const Wanted = z.strictObject({
  v: z.literal(1),
  /** The last entry it holds of each; 0 and the genesis hash when it holds none. */
  streams: z.array(z.strictObject({ stream: StreamId, seq: z.int().nonnegative(), hash: Sha256 })).max(100),
});
export type Wanted = z.infer<typeof Wanted>;

/**
 * Member `kept.json` of a report: what a station holds of the streams the bureau wants, behind what it has of them. A stream that
 * one file does not hold goes on in `kept-2.json`, `kept-3.json` and so on, each of the same form and with the same proof.
 */
export const Kept = z.strictObject({
  v: z.literal(1),
  streams: z
    .array(
      z.strictObject({
        stream: StreamId,
        /** The entries as they were hashed, in their order. */
        lines: z.array(Line).min(1),
        /** The manifest, as it stood in a return or kit, whose range of the stream ends at the last line of the last file. */
        manifest: z.string().max(8 << 20),
        /** The bureau's signature of it. */
        sig: Signature,
      }),
    )
    .min(1)
    .max(100),
});
export type Kept = z.infer<typeof Kept>;
