import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import Database from '@signalapp/sqlcipher';
import type { Report } from './report.ts';
import { tableLines } from './table.ts';

/** What a tool of others found; `null` where it is not on this computer. */
type Finding = readonly [what: string, found: string | null];

const has = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const run = (program: string, args: readonly string[], options: ExecFileSyncOptions = {}): Buffer =>
  Buffer.from(execFileSync(program, args, { maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'pipe'], ...options }));

/**
 * What the county left in `dir`, under the eyes of programs that are not ours: `age`, `tar`, `openssl`, another SQLCipher,
 * and a search for names in every file. Throws at the first that finds otherwise. `age` is asked only for classical keys.
 */
export async function askOutsideTools(dir: string, report: Report, classical: boolean): Promise<readonly string[]> {
  const findings: Finding[] = [];
  const unpack = classical && has('age') && has('tar');
  for (const { name, bundle, signerPublicKey, returnPackage, identityFile } of report.stations) {
    const { bureauIdentityFile, bureauSignerPublicKey } = report.keys;
    const up = { path: bundle, identity: bureauIdentityFile, signer: signerPublicKey };
    const down = { path: returnPackage, identity: identityFile, signer: bureauSignerPublicKey };
    findings.push([`${name}上报包：age、tar、openssl`, unpack ? await unpackedByHand(up) : null]);
    findings.push([`${name}回执包：age、tar、openssl`, unpack ? await unpackedByHand(down) : null]);
  }
  findings.push(['全部交接包：独立校验程序', verifiedTogether(report)]);
  const names = new Set<string>();
  for (const { name, database, databaseKey } of [...report.stations, bureauOf(report)]) {
    const read = readDatabase(database, databaseKey);
    for (const person of read.names) names.add(person);
    findings.push([`${name}数据库：另一种 SQLCipher`, `${String(read.entries)} 条流水`]);
  }
  const files = await filesWithoutNames(dir, [...names]);
  findings.push(['全部文件：明文姓名', `${String(files)} 个文件、${String(names.size)} 个姓名，无一可读`]);
  return tableLines(
    ['外部工具查验', '结果'],
    findings.map(([what, found]) => [what, found ?? '未查（要 --x25519，并装有 age、tar、openssl）']),
  );
}

/** The stand-alone verifier over kits, reports and returns together; its last lines. */
function verifiedTogether({ stations, keys }: Report): string {
  const packages = stations.flatMap(({ kit, bundle, returnPackage }) => [kit.path, bundle, returnPackage]);
  const signers = [keys.bureauSignerPublicKey, ...stations.map(({ signerPublicKey }) => signerPublicKey)];
  const identities = [keys.bureauIdentityFile, ...stations.map(({ identityFile }) => identityFile)];
  const printed = run(process.execPath, [
    join(import.meta.dirname, '../verify/verify.ts'),
    ...packages,
    ...signers.flatMap((path) => ['--signer', path]),
    ...identities.flatMap((path) => ['--identity', path]),
    ...stations.flatMap(({ kit }) => ['--code', kit.spokenCode]),
  ]);
  return printed.toString().trim().split('\n').slice(-2).join('，');
}

const bureauOf = ({ bureauDatabase, keys }: Report) => ({
  name: '县局',
  database: bureauDatabase,
  databaseKey: keys.bureauDatabaseKey,
});

type Package = { readonly path: string; readonly identity: string; readonly signer: string };

/** Opens a package with `age` and `tar`, and has `openssl` check the manifest's signature. */
async function unpackedByHand({ path, identity, signer }: Package): Promise<string> {
  const input = run('age', ['-d', '-i', identity, path]);
  const members = run('tar', ['tz'], { input }).toString().trim().split('\n');
  const [manifest, signature, entries] = members;
  if (manifest !== 'manifest.json' || signature !== 'manifest.sig' || entries !== 'entries.ndjson')
    throw new Error(`${path} does not begin with manifest, signature and entries`);
  const folder = await mkdtemp(join(tmpdir(), 'lijing-outside-'));
  try {
    run('tar', ['xz', '-C', folder], { input });
    const file = (name: string): string => join(folder, name);
    const verify = ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', signer];
    run('openssl', [...verify, '-in', file(manifest), '-sigfile', file(signature)]);
    await writeFile(file(manifest), Buffer.concat([await readFile(file(manifest)), Buffer.from(' ')]));
    if (accepts(() => run('openssl', [...verify, '-in', file(manifest), '-sigfile', file(signature)])))
      throw new Error(`${path}: openssl accepts a signature over other bytes`);
    return `${String(members.length)} 个成员，签名有效`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function accepts(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** How many entries a database holds and whom it names, read by another SQLCipher. */
function readDatabase(path: string, key: string): { entries: number; names: string[] } {
  const db = new Database(path);
  try {
    db.pragma(`key = "x'${key}'"`);
    const entries = db.prepare('SELECT count(*) AS n FROM entry').get<{ n: number }>()?.n ?? 0;
    const people = db.prepare('SELECT DISTINCT name FROM person').all<{ name: string }>();
    return { entries, names: people.map(({ name }) => name) };
  } finally {
    db.close();
  }
}

/**
 * Looks for each name in each file. In UTF-16 only for those of three characters and more: two are four bytes, which
 * stand in megabytes of encrypted pages by chance. Returns how many files were read.
 */
async function filesWithoutNames(dir: string, names: readonly string[]): Promise<number> {
  if (names.length === 0) throw new Error('no names to look for');
  const longer = names.filter((name) => name.length > 2).map((name) => Buffer.from(name, 'utf16le'));
  const forms = [
    ...names.map((name) => Buffer.from(name)),
    ...longer,
    ...longer.map((form) => Buffer.from(form).swap16()),
  ];
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name));
    if (forms.some((form) => bytes.includes(form))) throw new Error(`a name stands readable in ${name}`);
  }
  return files.length;
}
