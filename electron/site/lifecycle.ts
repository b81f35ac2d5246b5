import type { SiteKind } from '../../shared/call.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import type { Actor, JobControl } from '../ipc/handlers.ts';
import type { Founder } from './founding.ts';
import type { KitReader } from './kit.ts';
import type { OpenDoor } from './store.ts';

/** What opens and closes the site as a whole; the core's part of signing in. */
export type Lifecycle = {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly founder: Founder;
  readonly idleMinutes: number;
  readonly sessionHours: number;
  /** log2 of scrypt's N for a kit's spoken code; age's own default when left out. */
  readonly codeLogN?: number;
  readonly isFounded: () => boolean;
  readonly current: () => (OpenDoor & { readonly kind: SiteKind; readonly code: string }) | null;
  readonly actor: () => Actor | null;
  readonly enter: (actor: Actor | null) => void;
  /** Opens the database with its key; brings its tables up to date first, which the job tells of. */
  readonly open: (dataKey: Buffer, job: JobControl) => Promise<OpenDoor>;
  /**
   * Makes a new site beside whatever stands in the folder, runs the work on it, and lets it take its place; what stood
   * there is kept aside. Where the work fails nothing has changed. Long work calls `settle` now and then, between entries.
   */
  readonly found: (
    making: {
      readonly dataKey: Buffer;
      readonly keyring: Keyring;
      readonly self: { readonly site: string; readonly kind: SiteKind };
    },
    work: (door: OpenDoor & { readonly attachments: AttachmentStore; readonly settle: () => void }) => Promise<void>,
  ) => Promise<void>;
  readonly lock: (reason: 'person' | 'idle' | 'suspend' | 'lifetime') => void;
  readonly touch: () => void;
  readonly kits: KitReader;
};
