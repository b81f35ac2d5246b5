import type { BrowserContext, BrowserContextOptions } from 'playwright-core';

export type OpenDialog = { readonly title?: string; readonly properties?: readonly string[] };
export type SaveDialog = { readonly title?: string; readonly defaultPath?: string };
export type MessageBox = { readonly message: string; readonly detail?: string; readonly buttons?: readonly string[] };

/** Who answers the dialogs: a test's script or the person at the keyboard. Null: closed without a choice. */
export type DialogAnswers = {
  readonly open: (options: OpenDialog) => Promise<readonly string[] | null>;
  readonly save: (options: SaveDialog) => Promise<string | null>;
  /** The number of the button. */
  readonly message: (options: MessageBox) => Promise<number>;
};

/** What the stand-in needs of whoever runs it. */
export type Host = {
  /** The folder with the application's package.json. */
  readonly appDir: string;
  readonly headless: boolean;
  /** The screen in the page's own pixels, and the physical pixels of one. */
  readonly screen: { readonly width: number; readonly height: number; readonly scale: number };
  /** Chromium, started with the switches; one context for each of Electron's sessions. */
  readonly openContext: (switches: readonly string[], options: BrowserContextOptions) => Promise<BrowserContext>;
  readonly dialogs: DialogAnswers;
  readonly onExit: (code: number) => void;
};
