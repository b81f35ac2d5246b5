import type { ProblemCode, Result } from '../../shared/problem.ts';
import type { FileMark } from '../db/file-mark.ts';

/** A drive the person can hand a bundle over on; `path` never leaves the core and the shell. */
export type Drive = {
  readonly path: string;
  readonly label: string;
  readonly fileSystem: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly readOnly: boolean;
};

/** Whose page is printed, by whom and when: stands on every sheet. */
export type PrintedPage = { readonly printingName: string; readonly by: string; readonly at: string };

/** A ledger's file to be read. */
export type SheetOrder = { readonly path: string; readonly kind: 'xlsx' | 'csv' };
/** `grid` is the JSON of a grid: the shell hands it on as it is, whatever its size. */
export type SheetAnswer =
  { readonly ok: true; readonly grid: string } | { readonly ok: false; readonly code: ProblemCode };

/** What the core cannot do itself and asks of the shell. Paths among the answers the core keeps to itself. */
export type ShellAsks = {
  chooseFiles: (ask: { readonly extensions: readonly string[]; readonly many: boolean }) => readonly string[];
  chooseFolder: (ask: Record<string, never>) => string | null;
  chooseSavePath: (ask: { readonly suggestedName: string; readonly extension: string }) => string | null;
  /** What was dropped onto the window last, once. */
  takeDropped: (ask: Record<string, never>) => readonly string[];
  /** The open page as a PDF. */
  printPage: (ask: PrintedPage) => Uint8Array;
  removableDrives: (ask: Record<string, never>) => readonly Drive[];
  /** What a ledger's file holds, read in a process that ends with it. */
  parseSheets: (ask: SheetOrder) => SheetAnswer;
};

/** The shell as the core sees it. */
export type ShellPort = {
  readonly [K in keyof ShellAsks]: (ask: Parameters<ShellAsks[K]>[0]) => Promise<ReturnType<ShellAsks[K]>>;
};

/** A file the person chose, by the id the page knows it by. */
export type ChosenPath = { readonly id: string; readonly path: string };

/** Messages from the shell to the core process. */
export type ToCore =
  | {
      readonly type: 'start';
      readonly dataDir: string;
      readonly appVersion: string;
      /** What the process before this one said of the database when it was spent. */
      readonly left: FileMark | null;
      /** Files that were chosen in it: unfinished forms still name them. */
      readonly chosen: readonly ChosenPath[];
    }
  | { readonly type: 'call'; readonly id: number; readonly name: unknown; readonly input: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly reason: string }
  /** The machine goes to sleep or its screen is locked: sign out at once. */
  | { readonly type: 'lock' }
  /** Close the database and end; the process exits by itself. */
  | { readonly type: 'shutdown' };

/** Messages from the core process to the shell. */
export type FromCore =
  | { readonly type: 'ready' }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown }
  /** A site that was open is closed again: a process that has never seen its keys may take over. */
  | { readonly type: 'spent'; readonly left: FileMark | null; readonly chosen: readonly ChosenPath[] }
  | { readonly type: 'ask'; readonly id: number; readonly name: keyof ShellAsks; readonly ask: unknown };
