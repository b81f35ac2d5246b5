import { z } from 'zod';
import { command, job, query } from './call.ts';
import { entryKind, OrganCode, Sha256, SiteCode, StreamId } from './entry.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const handoffProblems = {
  'handoff.nothing-to-export': 'conflict',
  'handoff.not-paired': 'conflict',
  'handoff.station-unknown': 'input',
  'handoff.station-code-taken': 'conflict',
  'handoff.drive-unknown': 'input',
  'handoff.receipt-not-our-history': 'corrupt',
  'handoff.return-out-of-order': 'conflict',
} as const satisfies ProblemKinds;

const Name = z.string().trim().min(1).max(60);

export const handoffEntries = {
  /** The bundle with these entries stands on the medium, read back. */
  'handoff.bundle-written': entryKind(
    z.strictObject({
      number: z.int().positive(),
      first: z.int().positive(),
      last: z.int().positive(),
      sha256: Sha256,
      medium: z.string().max(60),
    }),
    { from: 'station' },
  ),
  /** The bureau's signed receipt, as the station took it. */
  'handoff.receipt-taken': entryKind(
    z.strictObject({
      through: z.int().nonnegative(),
      hash: Sha256,
      missing: z.array(z.tuple([z.int(), z.int()])),
      quarantined: z.array(z.strictObject({ seq: z.int(), code: z.string() })),
    }),
    { from: 'station' },
  ),
  'handoff.kit-issued': entryKind(z.strictObject({ site: SiteCode }), { from: 'bureau' }),
  /** A station's keys, pinned from its first bundle. */
  'handoff.station-pinned': entryKind(
    z.strictObject({ site: SiteCode, signPublicKey: z.base64().length(44), recipient: z.string().max(3000) }),
    { from: 'bureau' },
  ),
  'handoff.bundle-taken': entryKind(
    z.strictObject({
      site: SiteCode,
      number: z.int(),
      sha256: Sha256,
      exported: z.int(),
      accepted: z.int(),
      alreadyKnown: z.int(),
      quarantined: z.int(),
      held: z.int(),
      /** How far the station held the bureau's streams when it wrote the bundle. */
      known: z.array(z.strictObject({ stream: StreamId, seq: z.int() })),
    }),
    { from: 'bureau' },
  ),
  'handoff.return-written': entryKind(
    z.strictObject({ site: SiteCode, number: z.int(), through: z.int(), sha256: Sha256 }),
    {
      from: 'bureau',
    },
  ),
};

/** The counts of one hand-off; exported = accepted + alreadyKnown + quarantined + held, to the entry. */
export const HandoffCounts = z.strictObject({
  exported: z.int(),
  accepted: z.int(),
  alreadyKnown: z.int(),
  quarantined: z.int(),
  /** Kept aside until the entries before them arrive. */
  held: z.int(),
});
export type HandoffCounts = z.infer<typeof HandoffCounts>;

/** How one package fared; the problem names why nothing of it was applied. */
const PackageOutcome = z.strictObject({
  file: z.uuid(),
  name: z.string(),
  station: Name.nullable(),
  number: z.int().nullable(),
  counts: HandoffCounts.nullable(),
  problem: z
    .strictObject({
      code: z.string(),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    })
    .nullable(),
});
export type PackageOutcome = z.infer<typeof PackageOutcome>;

const StationRow = z.strictObject({
  site: SiteCode,
  name: Name,
  kitIssuedAt: z.iso.datetime().nullable(),
  pinned: z.boolean(),
  lastSeq: z.int(),
  lastBundle: z.int().nullable(),
  lastReceivedAt: z.iso.datetime().nullable(),
  lastEntryAt: z.iso.datetime().nullable(),
  gaps: z.array(z.tuple([z.int(), z.int()])),
  quarantined: z.int(),
  waitingDown: z.int(),
  lastReturnAt: z.iso.datetime().nullable(),
});
export type StationRow = z.infer<typeof StationRow>;

const ImportedReturn = z.strictObject({
  bureau: Name,
  through: z.int(),
  provenNow: z.int(),
  missing: z.array(z.tuple([z.int(), z.int()])),
  quarantined: z.array(z.strictObject({ seq: z.int(), code: z.string(), kind: z.string() })),
  downEntries: z.int(),
});

export const handoffCalls = {
  /** Where the station stands: what waits, what was written, what is proven received. */
  'handoff.state': query({
    may: ['chief', 'trainer', 'inspector'],
    at: 'station',
    input: z.strictObject({}),
    output: z.strictObject({
      paired: z.boolean(),
      lastSeq: z.int(),
      provenThrough: z.int(),
      waiting: z.int(),
      waitingByKind: z.record(z.string(), z.int()),
      receiptAt: z.iso.datetime().nullable(),
      missing: z.array(z.tuple([z.int(), z.int()])),
      quarantined: z.array(z.strictObject({ seq: z.int(), code: z.string(), kind: z.string() })),
      bundles: z.array(
        z.strictObject({
          number: z.int(),
          at: z.iso.datetime(),
          first: z.int(),
          last: z.int(),
          medium: z.string(),
          sha256: Sha256,
          proven: z.boolean(),
          copyKept: z.boolean(),
        }),
      ),
    }),
  }),
  /** Writes everything not yet proven received as one bundle; answers only after the read-back. */
  'handoff.export': job({
    may: ['chief', 'trainer', 'inspector'],
    at: 'station',
    input: z.strictObject({ drive: z.uuid(), medium: z.string().trim().max(60) }),
    output: z.strictObject({
      number: z.int(),
      fileName: z.string(),
      sizeBytes: z.int(),
      sha256: Sha256,
      entries: z.int(),
      attachments: z.int(),
    }),
  }),
  'handoff.importReturn': job({
    may: ['chief', 'trainer', 'inspector'],
    at: 'station',
    input: z.strictObject({ file: z.uuid() }),
    output: ImportedReturn,
  }),
  /** Every station: what came, what is missing, what waits to go down. */
  'handoff.board': query({
    may: ['admin', 'cadre', 'inspector', 'leader'],
    at: 'bureau',
    input: z.strictObject({}),
    output: z.array(StationRow),
  }),
  'handoff.registerStation': command({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ name: Name, organCode: OrganCode, device: z.int().min(1).max(999).default(1) }),
    output: z.strictObject({ site: SiteCode }),
  }),
  /** Writes a station's kit (开站包); the code is shown once and told by voice, never written beside the stick. */
  'handoff.issueKit': job({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ site: SiteCode, drive: z.uuid() }),
    output: z.strictObject({ fileName: z.string(), spokenCode: z.string() }),
  }),
  /** Imports packages in any order; a refused one never stops the others. */
  'handoff.importBundles': job({
    may: ['admin', 'cadre', 'inspector'],
    at: 'bureau',
    input: z.strictObject({ files: z.array(z.uuid()).min(1).max(200) }),
    output: z.array(PackageOutcome),
  }),
  'handoff.writeReturn': job({
    may: ['admin', 'cadre', 'inspector'],
    at: 'bureau',
    input: z.strictObject({ site: SiteCode, drive: z.uuid() }),
    output: z.strictObject({ fileName: z.string(), through: z.int(), entries: z.int() }),
  }),
  'handoff.quarantine': query({
    may: ['admin', 'cadre', 'inspector', 'leader'],
    at: 'bureau',
    input: z.strictObject({}),
    output: z.array(
      z.strictObject({
        stream: StreamId,
        station: Name,
        seq: z.int(),
        kind: z.string(),
        code: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  }),
};
