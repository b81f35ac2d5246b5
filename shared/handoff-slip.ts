import { z } from 'zod';
import { query } from './call.ts';
import { Sha256, StreamId } from './entry.ts';

/** What a package was written with, as its entry says it for the hand-over slip; older entries say less. */
export const packedIn = {
  attachments: z.int().nonnegative().optional(),
};
export const packedDown = {
  ...packedIn,
  medium: z.string().max(60).optional(),
  /** The entries in it, by stream. */
  ranges: z
    .array(z.strictObject({ stream: StreamId, first: z.int().positive(), last: z.int().positive() }))
    .max(100)
    .optional(),
};

/** The hand-over slip (交接单) of one package: what stands on its paper, signed by who hands it over and who takes it. */
export const HandoffSlip = z.strictObject({
  kind: z.enum(['report', 'return', 'kit']),
  number: z.int().nullable(),
  at: z.iso.datetime(),
  from: z.string(),
  to: z.string(),
  medium: z.string(),
  fileName: z.string(),
  sha256: Sha256.nullable(),
  attachments: z.int().nullable(),
  /** A receipt's last entry proven. */
  through: z.int().nullable(),
  ranges: z.array(
    z.strictObject({
      stream: z.enum(['own', 'common', 'station', 'former']),
      first: z.int(),
      last: z.int(),
      /** Hash of the last entry. */
      head: Sha256,
    }),
  ),
  /** Entries by kind; confidential ones as one. */
  counts: z.record(z.string(), z.int()),
});
export type HandoffSlip = z.infer<typeof HandoffSlip>;

export const handoffSlipCalls = {
  /** By the number of the entry that says the package was written here. */
  'handoff.slip': query({
    may: ['chief', 'trainer', 'inspector', 'admin', 'cadre'],
    input: z.strictObject({ seq: z.int().positive() }),
    output: HandoffSlip,
  }),
};
