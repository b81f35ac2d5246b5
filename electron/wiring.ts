import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteKind } from '../shared/call.ts';
import { ProblemError, type Result } from '../shared/problem.ts';
import type { AgeKind } from './crypto/age-keys.ts';
import { PASSWORD_COST } from './crypto/keyring.ts';
import { migrate } from './db/migrate.ts';
import { migrations } from './db/migrations/index.ts';
import { type Db, openDatabase, quickCheck } from './db/open.ts';
import { attachmentStore } from './files/attachments.ts';
import type { ShellPort } from './ipc/channel.ts';
import { chosenFiles } from './ipc/chosen-files.ts';
import { dispatcher } from './ipc/dispatch.ts';
import type { Actor, Emit, Handlers, Services } from './ipc/handlers.ts';
import { isOutdated, openJournal, replay, type Self } from './journal/journal.ts';
import type { Projection } from './journal/projection.ts';
import { isFoundedIn, type Lifecycle, type OpenDoor, siteDoor } from './site/door.ts';
import { clearUnfinished, databasePath, finishFounding, unfinishedPath } from './site/founding.ts';
import { kitReader } from './site/kit.ts';
import { siteService } from './site/service.ts';
import { handoffService } from './handoff/service.ts';
import { handoffProjection, handoffStore } from './handoff/store.ts';
import { rosterService } from './roster/service.ts';
import { rosterProjection } from './roster/store.ts';
import { siteProjection, type SiteStore, siteStore } from './site/store.ts';
import { openVault } from './site/vault.ts';
import { workService } from './work/service.ts';

/** Every slice's tables, in the order they are made. */
export const projections: readonly Projection[] = [siteProjection, handoffProjection, rosterProjection];

/** Minutes without anybody at the keyboard after which the site locks itself. */
const IDLE_MINUTES = 10;

export type CoreOptions = {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly shell: ShellPort;
  readonly emit: Emit;
  readonly log: (error: unknown, call: string) => void;
  /** Kind of age keys a new site makes; post-quantum hybrid when left out. */
  readonly ageKind?: AgeKind;
  /** scrypt's N for new passwords. */
  readonly passwordCost?: number;
  /** log2 of scrypt's N for the spoken code of a kit. */
  readonly codeLogN?: number;
};

type OpenSite = OpenDoor & {
  readonly reader: Db;
  readonly dataKey: Buffer;
  readonly self: Self;
  readonly reading: Partial<Handlers>;
  readonly writing: Partial<Handlers>;
};

export type Core = ReturnType<typeof createCore>;

/** The whole application without its window: everything the page can ask goes through `call`. */
export function createCore(options: CoreOptions) {
  const { dataDir, clock, newId, shell, emit, log } = options;
  prepareDataDir(dataDir);
  const files = chosenFiles(newId);
  const vault = openVault(dataDir, clock);
  let site: OpenSite | null = null;
  let actor: Actor | null = null;
  let activeMs = clock().getTime();

  const close = (): void => {
    if (!site || actor || desk.isWriting()) return;
    const closing = site;
    site = null;
    closing.reader.close();
    closing.db.close();
    closing.dataKey.fill(0);
  };

  const core: Lifecycle = {
    dataDir,
    appVersion: options.appVersion,
    founder: { vault, newId, cost: options.passwordCost ?? PASSWORD_COST, ageKind: options.ageKind ?? 'hybrid' },
    idleMinutes: IDLE_MINUTES,
    ...(options.codeLogN ? { codeLogN: options.codeLogN } : {}),
    isFounded: () => isFoundedIn(dataDir),
    current: () => site && { ...site, kind: site.self.kind, code: site.self.site },
    actor: () => actor,
    enter: (entering) => {
      actor = entering;
      activeMs = clock().getTime();
    },
    open: async (dataKey) => {
      site = await openSite(dataKey);
      return site;
    },
    found: async (dataKey, self, work) => {
      await clearUnfinished(dataDir);
      const db = openDatabase(unfinishedPath(dataDir), dataKey, 'write');
      try {
        await prepare(db, self);
        const store = siteStore(db, self.site);
        const journal = openJournal(db, projections, self, clock, store.publicKeysOf);
        db.exec('BEGIN IMMEDIATE');
        await work({ db, journal, store });
        db.exec('COMMIT');
      } finally {
        db.close();
      }
      await finishFounding(dataDir);
    },
    lock: (reason) => {
      if (actor) emit('work.locked', { reason });
      actor = null;
      // A job still writes: the database closes behind it.
      close();
    },
    touch: () => {
      activeMs = clock().getTime();
    },
    kits: kitReader(files, dataDir),
  };

  const openSite = async (dataKey: Buffer): Promise<OpenSite> => {
    const db = openDatabase(databasePath(dataDir), dataKey, 'write');
    try {
      if (!quickCheck(db)) throw new ProblemError('database.damaged');
      const self = await prepare(db, null);
      const store = siteStore(db, self.site);
      const journal = openJournal(db, projections, self, clock, store.publicKeysOf);
      const reader = openDatabase(databasePath(dataDir), dataKey, 'read');
      const attachments = attachmentStore(join(dataDir, 'attachments'), dataKey);
      const shared = { journal, clock, newId, files, attachments, shell, site: { code: self.site, kind: self.kind } };
      return {
        db,
        reader,
        journal,
        store,
        self,
        dataKey,
        reading: wire({ ...shared, db: reader }, core, dataKey),
        writing: wire({ ...shared, db }, core, dataKey),
      };
    } catch (error) {
      db.close();
      throw error;
    }
  };

  const desk = dispatcher({
    actor: () => actor,
    siteKind: () => (actor && site ? site.self.kind : null),
    handlerOf: (name, runs) => {
      const handler = always[name] ?? (runs === 'query' ? site?.reading : site?.writing)?.[name];
      return (handler as Handler | undefined) ?? null;
    },
    emit,
    newId,
    log,
    idle: close,
  });

  const always: Partial<Handlers> = { ...siteDoor(core), ...workService(files, shell, desk.cancel) };

  return {
    call: (name: unknown, input: unknown): Promise<Result<unknown>> => desk.dispatch(name, input),
    lock: core.lock,
    /** Locks when nobody has been at the keyboard for long enough; called now and then. */
    watchIdle: (): void => {
      if (actor && !desk.isWriting() && clock().getTime() - activeMs >= IDLE_MINUTES * 60_000) core.lock('idle');
    },
    /** Cancels what runs, waits for it, and closes the database. */
    async shutdown(): Promise<void> {
      desk.cancelAll();
      actor = null;
      await desk.settled();
      close();
    },
  };
}

type Handler = (input: unknown, context: unknown) => unknown;

/** Who the site is, and tables that fit today's projections. */
async function prepare(db: Db, founding: Self | null): Promise<Self> {
  migrate(db, migrations);
  const remember = db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  if (founding) remember.run('self', JSON.stringify(founding));
  const stored = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'self'`).get();
  if (!stored) throw new ProblemError('database.damaged');
  const self = JSON.parse(stored.value) as { site: string; kind: SiteKind };
  if (isOutdated(db, projections)) await replay(db, projections, self, async () => {});
  return self;
}

/** The slices' services on one connection. */
function wire(services: Services, core: Lifecycle, dataKey: Buffer): Partial<Handlers> {
  const store: SiteStore = siteStore(services.db, services.site.code);
  return {
    ...siteService(store, services, core, dataKey),
    ...handoffService(handoffStore(services.db), services, core),
    ...rosterService(services),
  };
}

/** Makes the folder that holds everything of a site, and clears what a crash left of opened packages. */
function prepareDataDir(dataDir: string): void {
  rmSync(join(dataDir, 'staging'), { recursive: true, force: true });
  mkdirSync(join(dataDir, 'staging'), { recursive: true });
}
