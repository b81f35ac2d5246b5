import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CallName, calls } from '../../shared/contract.ts';
import type { EntryView } from '../../shared/site-audit.ts';
import { type Canary, canariesIn, MARK } from './canaries.ts';
import type { ConfidentialWorld, WorldSite } from './confidential-world.ts';
import { STATION } from './discipline.ts';
import type { Driven, Drives } from './driven.ts';
import { drives } from './every-call.ts';
import { aCore } from './site.ts';

/** Somebody at one of the sites, and what he may know of. */
export type Viewer = {
  readonly at: WorldSite;
  readonly login: string;
  /** The incidents open to him, and whether what people say of their files is; no others exist for him. */
  readonly sees: readonly string[];
  /** The login at the station that is the same person. */
  readonly same?: string;
};

export type Leak = {
  readonly call: string;
  readonly where: 'answer' | 'event' | 'log' | 'file';
  readonly canary: string;
};
export type DriveReport = {
  readonly leaks: readonly Leak[];
  /** Calls that were answered at least once, and those always refused. */
  readonly answered: ReadonlySet<string>;
};

const STATION_OF: Readonly<Record<WorldSite, string>> = {
  station: STATION,
  neighbour: '999999010200-1',
  bureau: STATION,
};

/**
 * Signs somebody in on a copy of the world and tries every call, and all but jobs once more, so that what a command
 * opened shows in what is read afterwards. Everything that comes out is searched: answers, refusals, events, what is logged, what is written.
 */
export async function driveEveryCall(
  world: ConfidentialWorld,
  viewer: Viewer,
  tried: Drives = drives,
): Promise<DriveReport> {
  const site = await aCore({ dir: await world.copyOf(viewer.at) });
  const leaks: Leak[] = [];
  const answered = new Set<string>();
  const note = (call: string, where: Leak['where'], value: unknown): void => {
    for (const canary of canariesIn(value, world.canaries))
      if (!mayRead(viewer, call, canary)) leaks.push({ call, where, canary: canary.text });
  };
  try {
    await site.signIn(viewer.login);
    const { session } = await site.call('site.status', {});
    const account = session?.accountId ?? '';
    const at: Driven = {
      site,
      world,
      login: viewer.login,
      account,
      person: session?.personId ?? null,
      station: STATION_OF[viewer.at],
    };
    for (const name of [...callNames, ...callNames.filter((each) => calls[each].runs !== 'job')]) {
      for (const input of (await tried[name]?.(at)) ?? []) {
        const result = await site.core.call(name, input);
        if (result.ok) answered.add(name);
        note(name, 'answer', result.ok ? withoutOwnWords(name, result.value, account) : result.problem);
        note(name, 'event', site.events.splice(0));
        note(name, 'log', site.logged.splice(0));
        const now = await site.call('site.status', {});
        if (now.session?.accountId === account) continue;
        // Beyond the delay after a wrong password.
        site.now.value = new Date(site.now.value.getTime() + 60_000);
        await site.signIn(viewer.login);
      }
    }
    await site.core.shutdown();
    for (const file of await filesWithMark(site.dir)) leaks.push({ call: file, where: 'file', canary: MARK });
  } finally {
    await site.core.shutdown();
  }
  return { leaks, answered };
}

const callNames = Object.keys(calls) as CallName[];

/** Where a canary is no leak: the record is open to the viewer, the decision was told to him, or the call is there to reveal it. */
function mayRead({ login, same = login, sees }: Viewer, call: string, { of, toldTo }: Canary): boolean {
  if (of === 'identity') return call === 'roster.revealResidentId';
  if (of === 'comment') return call.startsWith('comments.') && (sees.includes(of) || toldTo === same);
  // The audit view tells those to whom an incident is open who has looked at it.
  if (call === 'site.listEntries') return of === 'kind' ? sees.some((one) => one !== 'comment') : sees.includes(of);
  if (!call.startsWith('discipline.') && call !== 'quarantine.openEntry') return false;
  if (of === 'kind') return true;
  return sees.includes(of) || (toldTo === same && toldBy.includes(call));
}

/** What tells somebody of the decisions on himself. */
const toldBy = ['discipline.ownDecisions', 'discipline.ownAppeals', 'discipline.decisionsOf'];

/** What somebody wrote himself he may read again in the journal. */
function withoutOwnWords(call: string, value: unknown, account: string): unknown {
  if (call !== 'site.listEntries') return value;
  const { entries, ...rest } = value as { readonly entries: readonly EntryView[] };
  return { ...rest, entries: entries.filter(({ by }) => by !== account) };
}

/** Files under a folder in whose bytes a canary can be read as it was written. */
export async function filesWithMark(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const marks = [Buffer.from(MARK), Buffer.from(MARK, 'utf16le')];
  const marked: string[] = [];
  for (const path of paths) {
    const bytes = await readFile(path);
    if (path.includes(MARK) || marks.some((mark) => bytes.includes(mark))) marked.push(path.slice(folder.length + 1));
  }
  return marked;
}
