import type { Page } from '@playwright/test';

export type StartOptions = {
  readonly dataDir: string;
  /** Folders offered as removable drives. */
  readonly drives: readonly string[];
  /** The screen in the page's own pixels and the physical pixels of one: 150 % scaling is `scale: 1.5`. */
  readonly screen: { readonly width: number; readonly height: number; readonly scale: number };
};

/** What the next dialog of a kind answers; null closes it without a choice. Answers are used up in order. */
export type Script = {
  readonly open: readonly string[] | null;
  readonly save: string | null;
  /** The number of the button, from 0. */
  readonly message: number;
};
export type ScriptNext = <K extends keyof Script>(kind: K, answer: Script[K]) => Promise<void>;

/** The built application while it runs, on Electron or on the stand-in. */
export type RunningApp = {
  readonly page: Page;
  readonly scriptNext: ScriptNext;
  /** As when the machine goes to sleep. */
  readonly suspend: () => Promise<void>;
  /** How many free bytes a drive seems to have from now on. */
  readonly setRoom: (folder: string, freeBytes: number) => Promise<void>;
  /** The numbers of the core's processes; one, but for the moment in which it is replaced. */
  readonly corePids: () => Promise<readonly number[]>;
  /** Ends the core as a fault would. */
  readonly killCore: () => Promise<void>;
  /** Quits as a person would and waits for the end; names what the dialogs did otherwise than scripted. */
  readonly close: () => Promise<readonly string[]>;
  /** An address as the application knows it. */
  readonly address: (url: string) => string;
};
export type Runner = {
  readonly name: string;
  readonly start: (options: StartOptions) => Promise<RunningApp>;
  readonly end: () => Promise<void>;
};
