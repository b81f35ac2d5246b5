import { z } from 'zod';
import { command, job, query, type Role } from './call.ts';
import { identityKinds } from './code-tables.ts';
import { entryKind, Sha256, SiteCode } from './entry.ts';
import { importCalls } from './ledger-import.ts';
import type { ProblemKinds } from './problem-kind.ts';
import { abilityAreas, attendanceStates, courseKinds, trainingMethods } from './training-tables.ts';
import { MAX_SCANS } from './work.ts';

export const trainingProblems = {
  'training.session-unknown': 'input',
  'training.changed-meanwhile': 'conflict',
  'training.withdrawn': 'conflict',
  'training.date-in-future': 'input',
  'training.same-session': 'conflict',
  'training.person-unknown': 'input',
  'training.reason-missing': 'input',
  'training.instructor-missing': 'input',
  'training.course-unknown': 'input',
  'training.course-code-taken': 'conflict',
  'training.scan-missing': 'corrupt',
} as const satisfies ProblemKinds;

const words = (max: number) => z.string().trim().min(1).max(max);
const Id = z.uuid();

export const CourseCode = z.string().regex(/^[A-Z0-9-]{2,12}$/);

/** 课程. A code is never reused; a retired course stays under its sessions. */
export const Course = z.strictObject({
  code: CourseCode,
  name: words(60),
  kind: courseKinds.schema,
  areas: z.array(abilityAreas.schema).max(8),
  method: trainingMethods.schema,
  hours: z.number().positive().max(200),
  retired: z.boolean(),
});
export type Course = z.infer<typeof Course>;

/** One person at one session: whether he came, and how he did. */
export const Attendance = z
  .strictObject({
    personId: Id,
    state: attendanceStates.schema,
    reason: z.string().trim().max(60).nullable(),
    /** 不考核, 合格, 不合格, or a score from 0 to 100. */
    result: z.union([z.enum(['NOT_ASSESSED', 'PASSED', 'FAILED']), z.number().min(0).max(100)]),
  })
  .refine(({ state, reason }) => state === 'PRESENT' || state === 'LATE' || (reason ?? '') !== '', {
    path: ['reason'],
  });
export type Attendance = z.infer<typeof Attendance>;

/** A photo or scan of the sign-in sheet (签到表), stored encrypted beside the database. */
export const SheetScan = z.strictObject({
  sha256: Sha256,
  sizeBytes: z.int().positive(),
  kind: z.enum(['jpg', 'png', 'pdf']),
  name: words(200),
});
export type SheetScan = z.infer<typeof SheetScan>;

/** One training session (训练): what was taught, when, for how long, and who was there. */
const sessionFacts = {
  course: CourseCode.nullable(),
  /** As the ledger or the form calls it; the course's name where there is one. */
  title: words(80),
  kind: courseKinds.schema,
  areas: z.array(abilityAreas.schema).max(8),
  method: trainingMethods.schema,
  heldOn: z.iso.date(),
  hours: z.number().positive().max(200),
  place: z.string().trim().max(60).nullable(),
  instructorId: Id.nullable(),
  /** Somebody from outside, by name. */
  instructorName: z.string().trim().max(60).nullable(),
  costYuan: z.number().min(0).max(10_000_000).nullable(),
  remarks: z.string().trim().max(500).nullable(),
};
const everyOnce = (list: readonly { readonly personId: string }[]): boolean =>
  new Set(list.map(({ personId }) => personId)).size === list.length;
const Attendances = z.array(Attendance).min(1).max(500).refine(everyOnce);

export const Session = z.strictObject({
  id: Id,
  version: z.int().positive(),
  ...sessionFacts,
  attendance: Attendances,
  scans: z.array(SheetScan).max(MAX_SCANS),
});
export type Session = z.infer<typeof Session>;

export const trainingEntries = {
  /** A session's whole state; a correction is the next version of it and has a reason. */
  'training.session-recorded': entryKind(
    z.strictObject({ session: Session, imported: z.boolean(), reason: z.string().max(500).nullable() }),
    { from: 'station' },
  ),
  'training.session-withdrawn': entryKind(z.strictObject({ id: Id, reason: words(500) }), { from: 'station' }),
  /** A course of the whole county, or of one station alone. */
  'training.course-recorded': entryKind(Course, { from: 'both', goes: 'common' }),
  /** Training days a year asked of an identity, from a year on; the bureau's count before a station's own. */
  'training.norm-set': entryKind(
    z.strictObject({
      identityKind: identityKinds.schema,
      days: z.number().min(0).max(200),
      fromYear: z.int().min(2000).max(2200),
    }),
    { from: 'both', goes: 'common' },
  ),
};

const keepers = ['chief', 'trainer'] as const satisfies readonly Role[];

const SessionRow = z.strictObject({
  id: Id,
  station: SiteCode,
  stationName: z.string(),
  title: z.string(),
  kind: courseKinds.schema,
  method: trainingMethods.schema,
  heldOn: z.iso.date(),
  hours: z.number(),
  place: z.string().nullable(),
  instructor: z.string().nullable(),
  expected: z.int(),
  present: z.int(),
  scans: z.int(),
});
export type SessionRow = z.infer<typeof SessionRow>;

const SessionView = z.strictObject({
  ...Session.shape,
  station: SiteCode,
  instructor: z.string().nullable(),
  recordedAt: z.iso.datetime(),
  recordedBy: z.string().nullable(),
  reason: z.string().nullable(),
  people: z.array(z.strictObject({ personId: Id, name: z.string() })),
});
export type SessionView = z.infer<typeof SessionView>;

const PersonHours = z.strictObject({
  personId: Id,
  name: z.string(),
  stationName: z.string().nullable(),
  identityKind: identityKinds.schema,
  hours: z.number(),
  practiceHours: z.number(),
  days: z.number(),
  /** Training days asked of the person this year, and by today. */
  norm: z.number(),
  due: z.number(),
  sessions: z.int(),
  absences: z.int(),
  failed: z.int(),
});
export type PersonHours = z.infer<typeof PersonHours>;

const SessionDraft = z
  .strictObject({
    ...sessionFacts,
    attendance: Attendances,
    /** Scans already kept, and files chosen now. */
    scans: z.array(SheetScan),
    newScans: z.array(z.uuid()),
  })
  .refine(({ scans, newScans }) => scans.length + newScans.length <= MAX_SCANS);

const Year = z.int().min(2000).max(2200);

export const trainingCalls = {
  'training.listSessions': query({
    may: 'everyone',
    input: z.strictObject({ from: z.iso.date(), to: z.iso.date(), station: SiteCode.nullable() }),
    output: z.array(SessionRow),
  }),
  'training.getSession': query({ may: 'everyone', input: z.strictObject({ id: Id }), output: SessionView }),
  /** Records a new session, or a new version of a known one. */
  'training.recordSession': job({
    may: keepers,
    at: 'station',
    input: z.strictObject({
      id: Id.nullable(),
      version: z.int().positive().nullable(),
      session: SessionDraft,
      reason: z.string().trim().max(500),
      /** Confirms that the same course on the same day was held twice. */
      sameConfirmed: z.boolean(),
    }),
    output: z.strictObject({ id: Id, version: z.int() }),
  }),
  'training.withdrawSession': command({
    may: keepers,
    at: 'station',
    input: z.strictObject({ id: Id, version: z.int().positive(), reason: z.string().trim().max(500) }),
    output: z.strictObject({}),
  }),
  /** A scan's bytes, base64. */
  'training.getScan': query({
    may: 'everyone',
    input: z.strictObject({ session: Id, sha256: Sha256 }),
    output: z.strictObject({ kind: SheetScan.shape.kind, base64: z.string() }),
  }),
  /** Saves a scan as a file where the person says, for printing; false when the dialog was closed. */
  'training.saveScan': query({
    may: keepers,
    input: z.strictObject({ session: Id, sha256: Sha256 }),
    output: z.strictObject({ saved: z.boolean() }),
  }),
  /** Hours and days of everybody on the strength beside the norm; an officer finds only himself. */
  'training.hoursOf': query({
    may: 'everyone',
    input: z.strictObject({ year: Year, station: SiteCode.nullable() }),
    output: z.array(PersonHours),
  }),
  /** A person's sessions, newest first, for his file. */
  'training.recordOf': query({
    may: 'everyone',
    input: z.strictObject({ personId: Id }),
    output: z.array(
      z.strictObject({
        id: Id,
        title: z.string(),
        heldOn: z.iso.date(),
        hours: z.number(),
        state: attendanceStates.schema,
        reason: z.string().nullable(),
        result: Attendance.shape.result,
      }),
    ),
  }),
  'training.listCourses': query({ may: 'everyone', input: z.strictObject({}), output: z.array(Course) }),
  'training.recordCourse': command({
    may: ['chief', 'trainer', 'admin', 'cadre'],
    input: z.strictObject({ course: Course, isNew: z.boolean() }),
    output: z.strictObject({}),
  }),
  'training.listNorms': query({
    may: 'everyone',
    input: z.strictObject({ year: Year }),
    output: z.array(
      z.strictObject({
        identityKind: identityKinds.schema,
        days: z.number(),
        setBy: z.enum(['default', 'station', 'bureau']),
      }),
    ),
  }),
  'training.setNorm': command({
    may: ['chief', 'admin', 'cadre'],
    input: z.strictObject({ identityKind: identityKinds.schema, days: z.number().min(0).max(200), fromYear: Year }),
    output: z.strictObject({}),
  }),
  /** What the training officer should see to: people behind their share, and a station without sessions. */
  'training.waiting': query({
    may: ['chief', 'trainer', 'cadre'],
    input: z.strictObject({}),
    output: z.strictObject({ behind: z.int(), lastHeldOn: z.iso.date().nullable(), silentDays: z.int().nullable() }),
  }),
  ...importCalls('training', { may: keepers, at: 'station' }),
};
