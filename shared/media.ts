import { z } from 'zod';
import { command, query } from './call.ts';
import { entryKind, SiteCode } from './entry.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const mediaProblems = {
  'media.number-taken': 'conflict',
  'media.stick-unknown': 'input',
  'media.not-now': 'conflict',
  'media.steps-open': 'conflict',
} as const satisfies ProblemKinds;

const Id = z.uuid();
const Day = z.iso.date();
const Words = z.string().trim().max(300).nullable();
const Reason = z.string().trim().min(1).max(300);
/** What is written on the label; what a bundle's manifest names its stick by. */
const StickNumber = z.string().trim().min(1).max(20);

export const stickKinds = ['usb', 'disk', 'disc'] as const;

/**
 * What is done when a stick is lost, in this order on the screen and in any order in life; the last one closes the case
 * and waits for the others.
 */
export const lossSteps = ['report', 'search', 'contents', 'replace', 'conclude'] as const;
export type LossStep = (typeof lossSteps)[number];

const about = <S extends z.ZodRawShape>(shape: S) => entryKind(z.strictObject({ id: Id, ...shape }), { from: 'both' });

/** The ledger of the sticks (介质台账) that a site hands over on; each site keeps its own. */
export const mediaEntries = {
  'media.stick-recorded': about({
    number: StickNumber,
    kind: z.enum(stickKinds),
    capacityGb: z.number().positive().max(100_000).nullable(),
    remarks: Words,
  }),
  'media.stick-issued': about({ holder: z.string().trim().min(1).max(40), on: Day, remarks: Words }),
  'media.stick-returned': about({ on: Day, remarks: Words }),
  'media.stick-lost': about({ on: Day, circumstances: Reason }),
  'media.loss-step-done': about({ step: z.enum(lossSteps), note: Words }),
  /** It turned up again; it is not trusted until somebody has wiped it. */
  'media.stick-found': about({ on: Day, remarks: Reason }),
  'media.stick-retired': about({ on: Day, reason: Reason }),
};

/** In the drawer, with its holder, lost, or taken out of use. */
export const stickStates = ['in', 'out', 'lost', 'retired'] as const;
export type StickState = (typeof stickStates)[number];

const StickRow = z.strictObject({
  site: SiteCode,
  station: z.string(),
  /** Kept by this site; of others one only reads. */
  isOwn: z.boolean(),
  id: Id,
  number: StickNumber,
  kind: z.enum(stickKinds),
  capacityGb: z.number().nullable(),
  remarks: z.string().nullable(),
  state: z.enum(stickStates),
  holder: z.string().nullable(),
  /** Day of its last movement. */
  since: Day.nullable(),
  /** Steps of a loss not done yet. */
  openSteps: z.int(),
});
export type StickRow = z.infer<typeof StickRow>;

/** One package that was written to a stick: sealed, and to whom. */
const Carried = z.strictObject({
  kind: z.enum(['report', 'return', 'kit']),
  number: z.int().nullable(),
  at: z.iso.datetime(),
  /** Name of the site that alone can open it. */
  to: z.string(),
  range: z.tuple([z.int(), z.int()]).nullable(),
  /** Whether its content is proven to have arrived; null where no proof comes back. */
  proven: z.boolean().nullable(),
  /** Entry its hand-over slip is made from; null of other sites' sticks. */
  slip: z.int().nullable(),
});
export type Carried = z.infer<typeof Carried>;

const Movement = z.strictObject({
  kind: z.string(),
  on: Day,
  words: z.string().nullable(),
  at: z.iso.datetime(),
  by: z.string(),
});

const StickFile = z.strictObject({
  ...StickRow.shape,
  movements: z.array(Movement),
  carried: z.array(Carried),
  /** Empty unless it is lost. */
  steps: z.array(
    z.strictObject({
      step: z.enum(lossSteps),
      done: z.strictObject({ at: z.iso.datetime(), by: z.string(), note: z.string().nullable() }).nullable(),
    }),
  ),
});
export type StickFile = z.infer<typeof StickFile>;

/** `lijing-medium.json` on a stick: by its random id the stick is recognised, and nobody else learns anything. */
export const StickMark = z.strictObject({ v: z.literal(1), id: Id });

const keepers = ['chief', 'trainer', 'inspector', 'admin', 'cadre'] as const;
const readers = [...keepers, 'viewer', 'leader'] as const;
const done = z.strictObject({});
const act = <S extends z.ZodRawShape>(shape: S) =>
  command({ may: keepers, input: z.strictObject({ id: Id, ...shape }), output: done });

export const mediaCalls = {
  /** The site's own sticks; at the bureau those of its stations as well. */
  'media.list': query({ may: readers, input: z.strictObject({}), output: z.array(StickRow) }),
  'media.openStick': query({
    may: readers,
    input: z.strictObject({ site: SiteCode, id: Id }),
    output: StickFile,
  }),
  'media.recordStick': command({
    may: keepers,
    input: z.strictObject({
      number: StickNumber,
      kind: z.enum(stickKinds),
      capacityGb: z.number().positive().max(100_000).nullable(),
      remarks: Words,
    }),
    output: z.strictObject({ id: Id }),
  }),
  'media.issueStick': act({ holder: z.string().trim().min(1).max(40), on: Day, remarks: Words }),
  'media.takeBackStick': act({ on: Day, remarks: Words }),
  'media.reportLoss': act({ on: Day, circumstances: Reason }),
  'media.tickLossStep': act({ step: z.enum(lossSteps), note: Words }),
  'media.reportFound': act({ on: Day, remarks: Reason }),
  'media.retireStick': act({ on: Day, reason: Reason }),
  /** Writes the stick's mark onto a drive, so that it is recognised when it is plugged in again. */
  'media.markStick': act({ drive: z.uuid() }),
  /** The stick in a drive, by its mark; null where it carries none, or one of a ledger that is not here. */
  'media.recognise': query({
    may: keepers,
    input: z.strictObject({ drive: z.uuid() }),
    output: StickRow.nullable(),
  }),
};
