import { z } from 'zod';
import { query } from './call.ts';

/** A file the person chose in a dialog: known to the page by id, name and size, never by path. */
export const ChosenFile = z.strictObject({ id: z.uuid(), name: z.string(), sizeBytes: z.int().nonnegative() });
export type ChosenFile = z.infer<typeof ChosenFile>;

/** Photos and scans that one record may be given at once. */
export const MAX_SCANS = 100;

/** A drive by id; `freeBytes` of the file system, as the operating system tells it. */
export const RemovableDrive = z.strictObject({
  id: z.uuid(),
  label: z.string(),
  fileSystem: z.string(),
  freeBytes: z.number().nonnegative(),
  totalBytes: z.number().nonnegative(),
  readOnly: z.boolean(),
});
export type RemovableDrive = z.infer<typeof RemovableDrive>;

/** The kinds of file a dialog may be opened for; the extensions are ours, not the page's. */
export const fileKinds = {
  ledger: ['xlsx', 'csv'],
  bundle: ['lijing'],
  scan: ['jpg', 'jpeg', 'png', 'pdf'],
  diagnosis: ['lijingzd'],
  key: ['txt'],
  helpRequest: ['lijingqz'],
  helpAnswer: ['lijingdf'],
} as const;

const FileKind = z.enum(['ledger', 'bundle', 'scan', 'diagnosis', 'key', 'helpRequest', 'helpAnswer']);

/** Most files taken from one folder: far above what a county's stations bring in a year. */
export const MAX_FOUND_FILES = 500;

/** One cell of a table that leaves as xlsx. */
const TableCell = z.union([z.string(), z.number(), z.null()]);

/** A table as the page shows it. */
export const Table = z.strictObject({
  name: z.string().min(1).max(80),
  columns: z.array(z.string()).min(1).max(60),
  rows: z.array(z.array(TableCell)).max(100_000),
});
export type Table = z.infer<typeof Table>;
/** How many rows were saved; null when the dialog was closed. */
export const TableSaved = z.strictObject({ rows: z.int() }).nullable();

/** What is not of one slice: files, drives, running jobs. */
export const workCalls = {
  'work.chooseFiles': query({
    may: 'nobody',
    input: z.strictObject({ kind: FileKind, many: z.boolean() }),
    /** `refused` says why a photo or scan cannot be taken, judged by what is in it. */
    output: z.array(ChosenFile.extend({ refused: z.string().nullable() })),
  }),
  /**
   * The files the person has just dropped onto the window, and those of the kind in folders he dropped; the page never
   * says which. Refused with `file.too-many` above `MAX_FOUND_FILES`.
   */
  'work.takeDropped': query({
    may: 'everyone',
    input: z.strictObject({ kind: FileKind }),
    output: z.array(ChosenFile),
  }),
  /** The files of the kind on a drive or in a chosen folder. `file.unknown`, `file.too-many`. */
  'work.filesOn': query({
    may: 'everyone',
    input: z.strictObject({ drive: z.uuid(), kind: FileKind }),
    output: z.array(ChosenFile),
  }),
  /** Also before anybody is signed in: a new computer takes its site over from a stick. */
  'work.drives': query({ may: 'nobody', input: z.strictObject({}), output: z.array(RemovableDrive) }),
  /** A folder taken as a drive: for copies on the disk, and where no stick is to be seen. Null when the dialog was closed. */
  'work.chooseFolder': query({ may: 'nobody', input: z.strictObject({}), output: RemovableDrive.nullable() }),
  /** Saves a table as xlsx; a text that a spreadsheet would run as a formula stays text. */
  'work.saveTable': query({
    may: 'everyone',
    input: Table,
    output: TableSaved,
  }),
  /** Also at the door: a station is founded there, and a site taken over. */
  'work.cancelJob': query({ may: 'nobody', input: z.strictObject({ jobId: z.uuid() }), output: z.boolean() }),
};

export const workEvents = {
  /** `done` of `total` in the step's own unit; total 0 while unknown. */
  'work.progress': z.strictObject({
    jobId: z.uuid(),
    call: z.string(),
    step: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  'work.finished': z.strictObject({ jobId: z.uuid(), call: z.string() }),
  /** The session ended: locked by the person, by idle time, by the machine going to sleep, or having lasted long enough. */
  'work.locked': z.strictObject({ reason: z.enum(['person', 'idle', 'suspend', 'lifetime']) }),
};
