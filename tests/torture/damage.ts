import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Problem } from '../../shared/problem.ts';
import type { Deed } from '../support/deeds.ts';
import { deedWorld, signedIn } from '../support/deed-world.ts';
import { aCore, PASSWORD, type TestSite } from '../support/site.ts';
import { type Attempt, toldBy, type Trial, unless } from './trial.ts';

const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };
const STATION: Pick<Deed, 'at'> = { at: 'station' };

/** What a bad sector, a broken-off repair or a curious hand does to a file; `dice` are two numbers between 0 and 1. */
const damages: Readonly<Record<string, (path: string, dice: readonly [number, number]) => Promise<void>>> = {
  'one byte': async (path, [where]) => {
    const bytes = await readFile(path);
    const at = Math.floor(where * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
    await writeFile(path, bytes);
  },
  'a sector': async (path, [where]) => {
    const bytes = await readFile(path);
    const at = Math.floor((where * bytes.length) / 4096) * 4096;
    await writeFile(path, bytes.fill(0xa5, at, Math.min(bytes.length, at + 4096)));
  },
  'several sectors': async (path, [where, long]) => {
    const bytes = await readFile(path);
    const at = Math.floor(where * bytes.length);
    await writeFile(path, bytes.fill(0, at, Math.min(bytes.length, at + Math.ceil((long * bytes.length) / 3))));
  },
  'cut off': async (path, [where]) => truncate(path, Math.floor(where * (await readFile(path)).length)),
  empty: (path) => truncate(path, 0),
  gone: (path) => rm(path),
};

/** The files of a site, and what of a damage to each is told at the next start without stopping it. */
const targets: readonly (readonly [name: string, files: readonly string[]])[] = [
  ['database', ['lijing.db']],
  ['database again', ['lijing.db']],
  ['write-ahead log', ['lijing.db-wal']],
  ['keyring', ['keyring.json']],
  ['copy of the keyring', ['keyring.copy.json']],
  ['both keyrings', ['keyring.json', 'keyring.copy.json']],
  ['heads', ['heads-1.json']],
  ['other heads', ['heads-2.json']],
  ['failed attempts', ['attempts.json']],
  ['attachment', ['attachments/*']],
  ['backup', ['backups/*/lijing.db']],
  ["backup's manifest", ['backups/*/backup.json']],
];

/** The first file of that name; `*` is any one. */
async function found(dir: string, name: string): Promise<string | null> {
  let path = dir;
  for (const part of name.split('/')) {
    if (!existsSync(path)) return null;
    const [first] = part === '*' ? (await readdir(path)).sort() : [part];
    if (first === undefined) return null;
    path = join(path, first);
  }
  return existsSync(path) ? path : null;
}

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

async function digestsUnder(dir: string): Promise<ReadonlySet<string>> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  return new Set(await Promise.all(files.map(({ parentPath, name }) => digestOf(join(parentPath, name)))));
}

/** Where a refusal at the door leads on: what the screen offers under that code. */
async function wayBack(site: TestSite, { code }: Problem): Promise<void> {
  if (code === 'site.keyring-damaged') {
    await site.call('backup.restoreKeyring', {});
    return;
  }
  unless(code === 'database.damaged' || code === 'database.behind-backup', 'lost', `${code} leads nowhere`);
  const { copies, readable } = await site.call('backup.restorable', SUOZHANG);
  const [copy] = copies;
  unless(copy !== undefined || readable > 0, 'lost', `${code}: neither a backup nor anything readable`);
  if (copy) await site.call('backup.restore', { ...SUOZHANG, id: copy.id });
  else await site.call('backup.salvage', SUOZHANG);
}

const entriesOf = async (site: TestSite): Promise<readonly string[]> => {
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 200 });
  return entries.map(({ kind }) => kind);
};
/** Entries by which a start says what it found, or what was done. */
const TELLING = [
  'site.heads-pinned',
  'site.keyring-mended',
  'site.tail-lost',
  'backup.tables-rebuilt',
  'backup.restored',
  'backup.salvaged',
];

/** By which the check names what no longer opens. */
const ATTACHMENT_CODES = ['entry.attachment-damaged', 'entry.closed-attachment-damaged'];

/** A site's folder as a power cut leaves it: with a log that is not yet in the database, and a failed attempt. */
async function inTheMiddle(from: string, to: string): Promise<number> {
  const site = await aCore({ dir: from });
  try {
    await site.refusal('site.signIn', { ...SUOZHANG, password: '不对不对不对不对不对' });
    await site.signIn('suozhang');
    await site.call('site.rename', { printingName: '城关派出所（新）' });
    await site.refusal('site.signIn', { ...SUOZHANG, password: '不对不对不对不对不对' });
    await cp(from, to, { recursive: true });
    return (await entriesOf(site)).filter((kind) => kind !== 'site.signed-in').length;
  } finally {
    await site.close();
  }
}

/** Any file of a site damaged anyhow: the start names it or goes on whole, a way leads back, and nothing is deleted. */
export const damage: Trial = {
  name: 'damage',
  begin: async () => {
    const world = await deedWorld();
    const places = await world.copy(STATION);
    const template = join(await mkdtemp(join(tmpdir(), 'lijing-damage-')), 'station');
    const whole = await inTheMiddle(places.sites.station, template);

    const attempt = async (number: number): Promise<Attempt> => {
      const [target, names] = targets[number % targets.length] ?? ['', []];
      const kinds = Object.entries(damages);
      const round = Math.floor(number / targets.length);
      const [kind, harm] = kinds[round % kinds.length] ?? [];
      if (!harm) throw new Error('no such damage');
      const where = `${target}, ${kind ?? ''}, case ${String(number)}`;
      const dir = await mkdtemp(join(tmpdir(), 'lijing-damaged-'));
      const site = await (async () => {
        await cp(template, dir, { recursive: true });
        for (const name of names) {
          const path = await found(dir, name);
          if (path) await harm(path, [(number * 0.618_034) % 1, (number * 0.754_878) % 1]);
        }
        return aCore({ dir });
      })();
      try {
        const damaged = await Promise.all(names.map((name) => found(dir, name)));
        const kept = damaged.filter((path) => path !== null && !/lijing[.]db|heads|attempts/.test(basename(path)));
        const digests = await Promise.all(kept.map((path) => digestOf(path ?? '')));
        return {
          faults: 1,
          told: await judge(site, { where, isGone: damaged.includes(null), digests, whole }),
        };
      } finally {
        await site.close();
        await rm(dir, { recursive: true, force: true });
      }
    };
    return {
      attempt,
      end: async () => {
        await rm(join(template, '..'), { recursive: true, force: true });
        await world.end();
      },
    };
  },
};

async function judge(
  site: TestSite,
  about: {
    readonly where: string;
    readonly isGone: boolean;
    readonly digests: readonly string[];
    readonly whole: number;
  },
): Promise<string[]> {
  const { where, isGone, digests, whole } = about;
  const told: string[] = [];
  for (let tries = 0; ; tries += 1) {
    const opened = await signedIn(site, 'suozhang');
    if (typeof opened === 'string') break;
    told.push(toldBy(opened));
    unless(tries < 3, 'lost', `${where}: no way back from ${told.join(', ')}`);
    await wayBack(site, opened);
  }
  const kinds = await entriesOf(site);
  const { faults, rows } = await site.call('site.checkChain', {});
  // A spoilt attachment stops no start: it is the check that names it.
  const spoilt = faults.filter(({ code }) => ATTACHMENT_CODES.includes(code));
  const others = faults.filter(({ code }) => !ATTACHMENT_CODES.includes(code));
  unless(others.length === 0 || kinds.includes('site.tail-lost'), 'silent', `${where}: ${JSON.stringify(others)}`);
  unless(where.startsWith('attachment') || spoilt.length === 0, 'silent', `${where}: ${JSON.stringify(spoilt)}`);
  told.push(...spoilt.map(({ code }) => code));
  unless(rows.length === 0, 'silent', `${where}: ${JSON.stringify(rows)}`);
  const said = kinds.filter((kind) => TELLING.includes(kind));
  const kept = kinds.filter((kind) => !TELLING.includes(kind) && kind !== 'site.signed-in').length;
  unless(kept <= whole, 'double', `${where}: ${String(kept)} entries of ${String(whole)}`);
  unless(
    kept === whole || said.length > 0,
    'silent',
    `${where}: ${String(kept)} entries of ${String(whole)}, and nobody is told`,
  );
  // A log that was whole has gone into the damaged database meanwhile; a damaged log SQLite itself begins anew.
  const aside = existsSync(join(site.dir, 'damaged'))
    ? await readdir(join(site.dir, 'damaged'), { recursive: true })
    : [];
  const isReplaced = said.some((kind) => kind.startsWith('backup.'));
  unless(
    !isReplaced || aside.some((name) => basename(name) === 'lijing.db') || isGone,
    'lost',
    `${where}: the damaged database is not there any more`,
  );
  const there = await digestsUnder(site.dir);
  unless(
    digests.every((digest) => there.has(digest)),
    'lost',
    `${where}: what was damaged is not there any more`,
  );
  return [...told, ...said];
}
