import { z } from 'zod';
import { command, job, query } from './call.ts';
import { OrganCode, Sha256, SiteCode, StreamId } from './entry.ts';
import { Reason } from './handoff-entries.ts';
import { handoffSlipCalls } from './handoff-slip.ts';
import { refoundingCalls, revocationReasons } from './refounding.ts';
import type { ProblemKinds } from './problem-kind.ts';
import { LoginName } from './site.ts';
import { MAX_FOUND_FILES } from './work.ts';

export const handoffProblems = {
  'handoff.nothing-to-export': 'conflict',
  'handoff.nothing-to-continue': 'conflict',
  'handoff.not-paired': 'conflict',
  'handoff.station-unknown': 'input',
  'handoff.station-code-taken': 'conflict',
  'handoff.drive-unknown': 'input',
  'handoff.sender-revoked': 'denied',
  'handoff.sender-forgotten': 'denied',
  'handoff.keys-lost': 'conflict',
  'handoff.kept-too-large': 'conflict',
  'handoff.station-revoked': 'conflict',
  'handoff.package-unknown': 'input',
  'handoff.station-not-revoked': 'conflict',
  'handoff.station-succeeded': 'conflict',
  'handoff.former-not-revoked': 'conflict',
  'handoff.receipt-not-our-history': 'corrupt',
  'handoff.receipt-counts-differ': 'corrupt',
  'handoff.stream-behind': 'conflict',
  'handoff.stream-unheard': 'conflict',
} as const satisfies ProblemKinds;

const Name = z.string().trim().min(1).max(60);

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

const Range = z.tuple([z.int(), z.int()]);
const Told = z.strictObject({
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/**
 * Where a bundle stands to what the bureau holds, by its manifest alone: it brings entries (`new`), all of them are held
 * (`known`), entries before them are still missing (`early`), it goes on from another history (`fork`), or it
 * is not accepted at all (`refused`).
 */
export const bundleStandings = ['new', 'known', 'early', 'fork', 'refused'] as const;
export type BundleStanding = (typeof bundleStandings)[number];

/** A file of the inbox before it is imported; what its manifest says is null where none could be trusted. */
const PackageLook = z.strictObject({
  file: z.uuid(),
  name: z.string(),
  sizeBytes: z.int(),
  standing: z.enum(bundleStandings),
  problem: Told.nullable(),
  manifest: z
    .strictObject({
      site: SiteCode,
      station: Name,
      number: z.int(),
      at: z.iso.datetime(),
      medium: z.string().nullable(),
      range: Range.nullable(),
      /** Hash of its last entry, as printed on its hand-over slip. */
      head: Sha256.nullable(),
      entries: z.int(),
      /** Entries not held yet. */
      fresh: z.int(),
      attachments: z.int(),
      /** What must come before it, when it is early. */
      missing: Range.nullable(),
    })
    .nullable(),
});
export type PackageLook = z.infer<typeof PackageLook>;

/** How one package fared; the problem names why nothing of it was applied. */
const PackageOutcome = z.strictObject({
  file: z.uuid(),
  name: z.string(),
  site: SiteCode.nullable(),
  station: Name.nullable(),
  number: z.int().nullable(),
  counts: HandoffCounts.nullable(),
  /** Attachments that did not come with their entries; the next receipt asks for them. */
  lacking: z.int(),
  /** Entries of the bureau's own that it brought back to a bureau restored from a backup. */
  broughtBack: z.int(),
  /** Held entries it showed to have come under a key given up before them: they are held no more. */
  letGo: z.int(),
  problem: Told.nullable(),
});
export type PackageOutcome = z.infer<typeof PackageOutcome>;

const StationRow = z.strictObject({
  site: SiteCode,
  /** The code its records are kept under: that of its first computer. */
  station: SiteCode,
  name: Name,
  kitIssuedAt: z.iso.datetime().nullable(),
  pinned: z.boolean(),
  lastSeq: z.int(),
  lastBundle: z.int().nullable(),
  lastReceivedAt: z.iso.datetime().nullable(),
  gaps: z.array(z.tuple([z.int(), z.int()])),
  /** As far as the person may know of them. */
  quarantined: z.int(),
  /** Attachments that have not come though their entries did, as far as the person may know of them. */
  lacking: z.int(),
  waitingDown: z.int(),
  lastReturnAt: z.iso.datetime().nullable(),
  /**
   * After the last return was written a bundle came, or an entry in quarantine was decided on: a receipt is owed. By the
   * order of the journal, not by clocks.
   */
  owed: z.boolean(),
  /**
   * It went on from an old copy of itself: two histories part at `seq`, the second one's first entry being of `since`
   * (the bundle that brought it, where that entry is confidential); so many entries of it are kept aside, as far as the person may know of them.
   */
  fork: z
    .strictObject({ number: z.int(), seq: z.int(), since: z.iso.datetime(), entries: z.int().nonnegative() })
    .nullable(),
  /** Its computer was put out of use. */
  revoked: z.strictObject({ at: z.iso.datetime(), reason: z.enum(revocationReasons) }).nullable(),
  /** Streams of which a bureau restored from a backup lacks everything from a number on, as this station shows. */
  behind: z.array(z.strictObject({ stream: StreamId, from: z.int() })),
  /** Since the bureau was restored the station has not shown yet what it holds of the bureau's streams. */
  unheard: z.boolean(),
  /** The station holds other entries under the same numbers of the bureau's streams. */
  downForked: z.boolean(),
});
export type StationRow = z.infer<typeof StationRow>;

const ImportedReturn = z.strictObject({
  bureau: Name,
  through: z.int(),
  provenNow: z.int(),
  missing: z.array(z.tuple([z.int(), z.int()])),
  quarantined: z.array(z.strictObject({ seq: z.int(), code: z.string(), kind: z.string() })),
  downEntries: z.int(),
  /** It is no later than the last one taken, so nothing of it counts. */
  late: z.boolean(),
  /** The bureau was restored from a backup and lacks again what it had proven to hold: these go out once more. */
  lost: Range.nullable(),
});

/** For which station, onto which drive, and the number on the stick's label. */
const OntoStick = z.strictObject({ site: SiteCode, drive: z.uuid(), medium: z.string().trim().max(60).default('') });

export const handoffCalls = {
  ...handoffSlipCalls,
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
      /** Once proven received, and lost by a bureau that was restored from a backup; they go out again. */
      lost: Range.nullable(),
      /** A bureau restored from a backup wants to hear of the station, whether or not there is anything new. */
      wanted: z.boolean(),
      /** Entries the bureau holds without an attachment they name. */
      attachmentsAsked: z.int(),
      /** The last bundle ended where its medium was full: so many entries that say something wait behind `through`. */
      unfinished: z.strictObject({ number: z.int(), through: z.int(), entries: z.int() }).nullable(),
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
          /** Entry its hand-over slip is made from. */
          slip: z.int(),
        }),
      ),
    }),
  }),
  /**
   * Writes everything not yet proven received, or what an unfinished bundle left, as one bundle up to where the medium
   * is full; answers only after the read-back.
   */
  'handoff.export': job({
    may: ['chief', 'trainer', 'inspector'],
    at: 'station',
    input: z.strictObject({
      drive: z.uuid(),
      medium: z.string().trim().max(60),
      /** Number of the unfinished bundle to go on behind. */
      continues: z.int().positive().nullable().default(null),
    }),
    output: z.strictObject({
      number: z.int(),
      fileName: z.string(),
      sizeBytes: z.int(),
      sha256: Sha256,
      first: z.int(),
      last: z.int(),
      entries: z.int(),
      attachments: z.int(),
      /** What waits for the next medium. */
      rest: z.strictObject({ entries: z.int(), attachments: z.int(), sizeBytes: z.int() }).nullable(),
      /** Attachments that are damaged or gone on this computer, and therefore not in the bundle. */
      lost: z.int(),
      slip: z.int(),
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
  /** Lets a restored bureau write for a station again before that has shown what it holds. */
  'handoff.resumeDown': command({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ site: SiteCode, reason: Reason }),
    output: z.strictObject({}),
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
    input: OntoStick,
    output: z.strictObject({ fileName: z.string(), spokenCode: z.string(), slip: z.int() }),
  }),
  /** Reads the sealed manifests of the inbox's files, and nothing behind them. */
  'handoff.lookAtBundles': job({
    may: ['admin', 'cadre', 'inspector'],
    at: 'bureau',
    input: z.strictObject({ files: z.array(z.uuid()).min(1).max(MAX_FOUND_FILES) }),
    output: z.array(PackageLook),
  }),
  /** Imports packages in any order; a refused one never stops the others. */
  'handoff.importBundles': job({
    may: ['admin', 'cadre', 'inspector'],
    at: 'bureau',
    input: z.strictObject({ files: z.array(z.uuid()).min(1).max(MAX_FOUND_FILES) }),
    output: z.array(PackageOutcome),
  }),
  /** The same with the escrow key beside the bureau's own, for what no key on this computer opens; under two persons. */
  'handoff.importWithEscrow': job({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({
      files: z.array(z.uuid()).min(1).max(MAX_FOUND_FILES),
      escrowKey: z.string().max(200),
      secondLoginName: LoginName,
      secondPassword: z.string().max(200),
    }),
    output: z.array(PackageOutcome),
  }),
  'handoff.writeReturn': job({
    may: ['admin', 'cadre', 'inspector'],
    at: 'bureau',
    input: OntoStick,
    output: z.strictObject({ fileName: z.string(), through: z.int(), entries: z.int(), slip: z.int() }),
  }),
  ...refoundingCalls,
};
