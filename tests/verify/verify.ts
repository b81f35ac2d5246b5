import { createPublicKey, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { besidePackages } from './beside.ts';
import { normalCode, type Opening } from './container.ts';
import { county, type Signatures, type StreamState } from './county.ts';
import type { Manifest } from './manifest.ts';
import { type Package, readPackage } from './package.ts';
import { must, Refusal } from './refusal.ts';
import { ed25519Key } from './succession.ts';
import { whole } from './tar.ts';

/**
 * `npm run verify -- FILE… --identity F [--signer PEM] [--code CODE] [--site SITE] [--revoked SITE]`: checks packages by
 * resources/format alone, sharing no code with the application. Several files are checked against each other. Ends with 0 only when all holds.
 *
 * Each option as often as needed: `--identity` an age identity file; `--code` the spoken code of a kit; `--signer` public
 * keys that reports and returns must be signed with. Without it a report is held to the key it brings along and
 * a return to the key of a kit named before it.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    identity: { type: 'string', multiple: true, default: [] },
    signer: { type: 'string', multiple: true, default: [] },
    code: { type: 'string', multiple: true, default: [] },
    site: { type: 'string', multiple: true, default: [] },
    revoked: { type: 'string', multiple: true, default: [] },
  },
});

const KINDS: Readonly<Record<Manifest['kind'], string>> = { report: '上报包', return: '回执包', kit: '开站包' };
const say = (line: string): void => console.log(line);

async function identitiesOf(paths: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return texts.flatMap((text) => text.split(/\r?\n/)).filter((line) => line.startsWith('AGE-SECRET-KEY-'));
}

const signers: readonly KeyObject[] = await Promise.all(
  values.signer.map(async (path) => createPublicKey(await readFile(path))),
);
const identities = await identitiesOf(values.identity);
const all = county();
const beside = besidePackages();

/** A kit answers for itself: whoever knows its code is trusted with the bureau's key. */
function signersOf({ kind, from, pairing }: Manifest): readonly KeyObject[] {
  must(kind !== 'kit' || pairing !== undefined, 'bundle.manifest-invalid', 'pairing');
  if (kind !== 'kit' && signers.length > 0) return signers;
  const key = kind === 'return' ? all.bureauKey(from) : pairing && ed25519Key(pairing.signPublicKey);
  return key ? [key] : [];
}

const SCRYPT_STANZA = '\n-> scrypt ';

async function openingFor(path: string): Promise<Opening> {
  const start = await whole(createReadStream(path, { end: 99 }));
  const byCode = values.code.length > 0 && start.includes(SCRYPT_STANZA);
  return byCode ? { codes: values.code.map(normalCode) } : { identities };
}

function tell(name: string, { manifest, sha256, entries }: Package): void {
  const { kind, from, to, number, attachments } = manifest;
  say(`${name}：${KINDS[kind]} 第${String(number)}号，${from} → ${to}`);
  say(`  文件摘要 ${sha256}`);
  say(`  流水 ${String(entries.length)} 条，附件 ${String(attachments.length)} 个`);
  for (const { stream, first, last, head } of manifest.streams)
    say(`  ${stream}：${String(first)}–${String(last)}，末条 ${head}`);
  for (const [what, count] of Object.entries(manifest.countsByKind)) say(`    ${what} ${String(count)}`);
}

function tellTogether(streams: readonly StreamState[], { valid, unknown }: Signatures): void {
  for (const { stream, entries, lastSeq, gaps } of streams) {
    const missing = gaps.map(([first, last]) => `${String(first)}–${String(last)}`).join('、');
    say(`${stream}：${String(entries)} 条，到第 ${String(lastSeq)} 条${missing && `，缺 ${missing}`}`);
  }
  say(`个人签名：有效 ${String(valid)}${unknown > 0 ? `，无从核对 ${String(unknown)}（请一并给出更早的包）` : ''}`);
  if (signers.length === 0) say('发出方公钥取自包内，未与 --signer 核对。');
}

/** Whether the work refused nothing; what it refused is told. */
async function holds(name: string, work: () => Promise<void> | void): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(`${name}：不通过，${error.message}`);
    return false;
  }
}

async function verifyAll(paths: readonly string[]): Promise<boolean> {
  let whole = paths.length > 0;
  for (const path of paths) {
    const one = await holds(basename(path), async () => {
      const check = beside(path);
      if (check) {
        const told = await check({ identities, codes: values.code.map(normalCode) });
        say(`${basename(path)}：${told.join('\n  ')}`);
        return;
      }
      const checked = await readPackage(createReadStream(path), await openingFor(path), {
        signersOf,
        revoked: values.revoked,
        ...(values.site.length > 0 ? { to: values.site } : {}),
      });
      all.add(checked);
      tell(basename(path), checked);
    });
    whole &&= one;
  }
  const together = await holds('合并核对', () => {
    all.checkPairings();
    all.checkKeys();
    all.checkLineage();
    all.checkReceipts();
    const signatures = all.checkSignatures();
    tellTogether(all.streams(), signatures);
    whole &&= signatures.unknown === 0;
  });
  return whole && together;
}

const passed = await verifyAll(positionals);
say(passed ? '全部通过' : '未通过');
process.exitCode = passed ? 0 : 1;
