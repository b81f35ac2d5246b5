import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, type Result } from '../shared/problem.ts';
import type { AgeKind } from './crypto/age-keys.ts';
import { backupDoor } from './backup/door.ts';
import { isReplacing } from './backup/replace.ts';
import { PASSWORD_COST } from './crypto/keyring.ts';
import type { FileMark } from './db/file-mark.ts';
import { type Db, openDatabase } from './db/open.ts';
import { attachmentStore } from './files/attachments.ts';
import { asDiskProblem } from './files/disk.ts';
import type { ChosenPath, ShellPort } from './ipc/channel.ts';
import { type ChosenFiles, chosenFiles } from './ipc/chosen-files.ts';
import { dispatcher } from './ipc/dispatch.ts';
import type { Actor, Emit, Handlers, JobControl } from './ipc/handlers.ts';
import type { Self } from './journal/journal.ts';
import { type Opener, opener } from './opening.ts';
import { escrowSlotKeeper } from './site/escrow-slot.ts';
import { isFoundedIn, siteDoor } from './site/door.ts';
import { databasePath } from './site/founding.ts';
import { foundAt } from './found-site.ts';
import { backupFolder, prepareDataDir, proofToolsAt, siteFiles } from './installation.ts';
import { kitReader } from './site/kit.ts';
import type { Lifecycle } from './site/lifecycle.ts';
import { helpDoor } from './site/help-door.ts';
import { type KeptHeads, keepHeads } from './site/keep-heads.ts';
import { type NewSite, newSiteIn } from './site/new-site.ts';
import { type OpenDoor, siteStore } from './site/store.ts';
import { keyringAt, openVault, type Vault } from './site/vault.ts';
import { workService } from './work/service.ts';
import { projections, wire } from './slices.ts';

/** Minutes without anybody at the keyboard after which the site locks itself. */
const IDLE_MINUTES = 10;
/** Hours after which whoever works on signs in again: a shift's length, and NIST SP 800-63B's. */
const SESSION_HOURS = 12;

export type CoreOptions = {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly shell: ShellPort;
  readonly emit: Emit;
  readonly log: (error: unknown, call: string) => void;
  /** The database as the process before this one closed it. */
  readonly left?: FileMark | null;
  /** Files that were chosen in it. */
  readonly chosen?: readonly ChosenPath[];
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
  readonly keepEscrowSlot: () => Promise<void>;
};

export type Core = ReturnType<typeof createCore>;

/** The whole application without its window: everything the page can ask goes through `call`. */
export function createCore(options: CoreOptions) {
  const { dataDir, clock, newId, shell, emit, log } = options;
  prepareDataDir(dataDir);
  const opening = openerOf(options);
  const files = chosenFiles(newId, options.chosen);
  const vault = openVault(dataDir, clock);
  const fresh = newSiteIn(dataDir, clock, () => heads?.settled());
  let site: OpenSite | null = null;
  // Of the site that was open last: they may still be on their way to the disk.
  let heads: KeptHeads | null = null;
  let wasOpen = false;
  let actor: Actor | null = null;
  let activeMs = clock().getTime();
  let enteredMs = activeMs;
  // The machine went to sleep while somebody was being let in, or founded a site.
  let sleptMeanwhile = false;
  const close = (): void => {
    if (!site || actor || desk.isWriting()) return;
    const closing = site;
    site = null;
    opening.close(closing);
    closing.dataKey.fill(0);
  };

  const core: Lifecycle = {
    ...settingsOf(options, vault),
    // A site that has backups was founded, whatever became of its database.
    isFounded: () => isFoundedIn(dataDir) || isReplacing(databasePath(dataDir)) || existsSync(backupFolder(dataDir)),
    current: () => site && { ...site, kind: site.self.kind, code: site.self.site },
    actor: () => actor,
    enter: (entering) => {
      const isOther = actor?.id !== entering?.id;
      actor = entering;
      activeMs = clock().getTime();
      // Who changes his own account goes on with his session.
      if (isOther) enteredMs = activeMs;
    },
    open: async (dataKey, job) => {
      site = await openSite(dataKey, job).catch((error: unknown) => {
        dataKey.fill(0);
        throw error;
      });
      wasOpen = true;
      return site;
    },
    found: (...founding) => foundAt(fresh, opening, clock, ...founding),
    lock: (reason) => {
      if (actor) emit('work.locked', { reason });
      else sleptMeanwhile ||= reason === 'suspend' && desk.isWriting();
      actor = null;
      // A job still writes: the database closes behind it.
      close();
    },
    touch: () => void (activeMs = clock().getTime()),
    kits: kitReader(files, dataDir),
  };

  const openSite = async (dataKey: Buffer, job: JobControl): Promise<OpenSite> => {
    const { db, self, journal } = await opening.open(dataKey, job);
    try {
      const store = siteStore(db, self.site);
      const reader = openDatabase(databasePath(dataDir), dataKey, 'read');
      const attachments = attachmentStore(join(dataDir, 'attachments'), dataKey);
      await heads?.settled();
      heads = await keepHeads({ dataDir, dataKey, db, journal });
      const tools = proofToolsAt({ dataDir, dataKey, db: reader }, projections, heads);
      const who = { code: self.site, station: journal.stationOf(self.site), kind: self.kind };
      const shared = { journal, clock, newId, files, attachments, shell, site: who };
      return {
        db,
        reader,
        journal,
        store,
        self,
        dataKey,
        reading: wire({ ...shared, db: reader }, core, dataKey, tools),
        writing: wire({ ...shared, db }, core, dataKey, tools),
        keepEscrowSlot: escrowSlotKeeper({ db, journal }, core.founder, dataKey),
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
    changed: async () => site?.keepEscrowSlot(),
    refused: ({ id }, call) => void site?.journal.append('site.call-refused', { call }, { id, key: null }),
    idle: () => {
      if (site) heads?.remember();
      if (sleptMeanwhile) core.lock('suspend');
      sleptMeanwhile = false;
      close();
    },
  });

  const always = alwaysAnswered(options, core, files, opening, fresh, desk.cancel);

  return {
    /** What a power cut broke off is ended before anything is answered. */
    call: async (name: unknown, input: unknown): Promise<Result<unknown>> =>
      (await refusedBy(fresh.settled)) ?? desk.dispatch(name, input),
    lock: core.lock,
    /** How a site that was open here was left, and what was chosen in it, once it no longer is; null before. */
    spent: () =>
      wasOpen && site === null && !desk.isWriting() && !heads?.isWriting()
        ? { left: opening.left(), chosen: files.kept() }
        : null,
    /** Locks when nobody has been at the keyboard for long enough, or the session has lasted long; called now and then. */
    watchIdle: (): void => {
      const nowMs = clock().getTime();
      // A clock that was set back must not keep the site open for as long as it was ahead.
      activeMs = Math.min(activeMs, nowMs);
      enteredMs = Math.min(enteredMs, nowMs);
      if (!actor || desk.isWriting()) return;
      if (nowMs - activeMs >= IDLE_MINUTES * 60_000) core.lock('idle');
      else if (nowMs - enteredMs >= SESSION_HOURS * 3_600_000) core.lock('lifetime');
    },
    /** Cancels what runs, waits for it, and closes the database. */
    async shutdown(): Promise<void> {
      desk.cancelAll();
      actor = null;
      await desk.settled();
      close();
      await Promise.all([heads?.settled(), opening.settled()]);
    },
  };
}

/** What stays the same as long as the application runs. */
const settingsOf = (options: CoreOptions, vault: Vault) => ({
  dataDir: options.dataDir,
  appVersion: options.appVersion,
  founder: {
    vault,
    newId: options.newId,
    cost: options.passwordCost ?? PASSWORD_COST,
    ageKind: options.ageKind ?? ('hybrid' as const),
  },
  idleMinutes: IDLE_MINUTES,
  sessionHours: SESSION_HOURS,
  ...(options.codeLogN ? { codeLogN: options.codeLogN } : {}),
});

/** Why something that had to be done first could not be; null when it is done. */
async function refusedBy(first: () => Promise<void>): Promise<Result<never> | null> {
  try {
    await first();
    return null;
  } catch (raised) {
    const error = asDiskProblem(raised);
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** What is answered before anybody has signed in too. */
const alwaysAnswered = (
  { dataDir, clock, shell }: CoreOptions,
  core: Lifecycle,
  chosen: ChosenFiles,
  opening: Pick<Opener, 'isSound' | 'fill'>,
  fresh: NewSite,
  cancel: (jobId: string) => boolean,
): Partial<Handlers> => ({
  ...siteDoor(core),
  ...helpDoor(core, chosen, clock),
  ...workService(chosen, shell, cancel),
  ...backupDoor({
    ...opening,
    isFounded: core.isFounded,
    isOpen: () => core.current() !== null,
    files: siteFiles(dataDir),
    folder: backupFolder(dataDir),
    chosen,
    drives: () => shell.removableDrives({}),
    clock,
    dataKeyOf: async (loginName, password) => {
      const { dataKey, signingKey } = await core.founder.vault.prove(loginName, password);
      signingKey.fill(0);
      return dataKey;
    },
    keyringReads: core.founder.vault.reads,
    isKeyring: async (path) => (await keyringAt(path)) !== null,
    makeNew: (build) => fresh.make((folder) => build(siteFiles(folder))),
  }),
});

const openerOf = ({ dataDir, appVersion, clock, left = null }: CoreOptions): Opener =>
  opener({ files: siteFiles(dataDir), backups: backupFolder(dataDir), appVersion, clock, projections, left });

type Handler = (input: unknown, context: unknown) => unknown;
