import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { DiagnosisReport } from '../../shared/diagnosis.ts';
import { BUREAU, STATION } from '../support/package-world.ts';
import { type HelpWorld, type Put, sealedTo } from './help-world.ts';

const someone = async (): Promise<string> => identityToRecipient(await generateX25519Identity());

/** The escrow key as it lies in the safe. */
export async function escrowKeyEdges(world: HelpWorld, put: Put): Promise<void> {
  const { escrowIdentity, escrowRecipient, hybridIdentity } = world;
  const WRONG = 'site.escrow-key-wrong';
  const text = (identity: string): string =>
    `# lijing escrow key of ${BUREAU}\n# public key: ${escrowRecipient}\n${identity}\n`;
  const bytes = (words: string): Buffer => Buffer.from(words);
  await put('escrow', 'an escrow key', null, bytes(text(escrowIdentity)));
  await put('escrow-crlf', 'lines that end in CR LF', null, bytes(text(escrowIdentity).replaceAll('\n', '\r\n')));
  await put('escrow-bare', 'the identity alone', null, bytes(escrowIdentity));
  const last = escrowIdentity.at(-1) === 'Q' ? 'P' : 'Q';
  await put('escrow-slip', 'another last character', WRONG, bytes(text(escrowIdentity.slice(0, -1) + last)));
  await put('escrow-another', 'of somebody else', WRONG, bytes(text(await generateX25519Identity())));
  await put('escrow-hybrid', 'of another kind', WRONG, bytes(text(hybridIdentity)));
  await put('escrow-none', 'no identity', WRONG, bytes(`# public key: ${escrowRecipient}\n`));
  await put('escrow-lower', 'in lower case', WRONG, bytes(text(escrowIdentity.toLowerCase())));
  await put(
    'escrow-second',
    'behind another’s',
    WRONG,
    bytes(`${await generateX25519Identity()}\n${escrowIdentity}\n`),
  );
  await put('escrow-large', 'more than 10,000 bytes', WRONG, bytes(text(escrowIdentity) + '#'.repeat(10_000)));
}

/** What a station examined itself says. */
export const A_DIAGNOSIS: DiagnosisReport = {
  ...{ v: 1, site: STATION, siteKind: 'station', at: '2026-11-24T08:00:00.000Z' },
  versions: { app: '0.1.0', node: '24.11.0', electron: null, sqlite: '3.51.0', schema: 12 },
  tables: ['roster-3'],
  machine: { platform: 'win32', arch: 'x64', release: '10.0.19045', memoryBytes: 8e9, freeMemoryBytes: 1e9 },
  disk: { freeBytes: 5e10, totalBytes: 2e11 },
  sizes: { databaseBytes: 1e6, logBytes: 0, attachments: 0, attachmentBytes: 0, keptAside: 0 },
  entries: [{ kind: 'training.session-recorded', count: 3 }],
  heads: [{ stream: STATION, seq: 3, hash: 'ab'.repeat(32) }],
  integrity: {
    ...{ pagesWhole: true, searchesSee: true, clockJumps: 0, quarantined: 0, faults: [] },
    ...{ keyringCopies: [true, true], damagedAttachments: 0 },
  },
  ...{ backups: [], log: [], linesLeftOut: 0 },
};

/** Diagnoses: the seal, then the words. */
export async function diagnosisEdges(world: HelpWorld, put: Put): Promise<void> {
  const { recipient, hybridRecipient, code } = world;
  const UNREADABLE = 'diagnosis.unreadable';
  const sealed = (plain: string | Uint8Array): Promise<Buffer> => sealedTo([recipient], Buffer.from(plain));
  const text = JSON.stringify(A_DIAGNOSIS);
  const saying = (over: object): Promise<Buffer> => sealed(JSON.stringify({ ...A_DIAGNOSIS, ...over }));
  const good = await sealed(text);
  await put('diagnosis', 'a diagnosis', null, good);
  await put('diagnosis-spaced', 'with spaces', null, await sealed(JSON.stringify(A_DIAGNOSIS, null, 2)));
  await put('diagnosis-hybrid', 'to a post-quantum key', null, await sealedTo([hybridRecipient], Buffer.from(text)));
  await put('diagnosis-more', 'a field too many', UNREADABLE, await saying({ more: 1 }));
  await put('diagnosis-newer', 'of version 2', UNREADABLE, await saying({ v: 2 }));
  await put('diagnosis-name', 'a name where a word stands', UNREADABLE, await saying({ tables: ['张 三'] }));
  await put('diagnosis-bom', 'a byte order mark first', UNREADABLE, await sealed(`\ufeff${text}`));
  const latin = Buffer.from(JSON.stringify({ ...A_DIAGNOSIS, log: ['?'] }));
  latin[latin.indexOf('"?"') + 1] = 0xe9;
  await put('diagnosis-not-utf8', 'not UTF-8', UNREADABLE, await sealed(latin));
  await put('diagnosis-no-json', 'no JSON', UNREADABLE, await sealed('诊断'));
  await put('diagnosis-empty', 'nothing inside', UNREADABLE, await sealed(''));
  await put(
    'diagnosis-of-another',
    'to somebody else',
    'bundle.not-for-us',
    await sealedTo([await someone()], Buffer.from(text)),
  );
  await put('diagnosis-by-code', 'to a code', 'bundle.wrong-kind', await sealedTo({ code }, Buffer.from(text)));
  await put('diagnosis-cut', 'a byte less', 'bundle.damaged', good.subarray(0, -1));
  await put('diagnosis-text', 'no age file', 'bundle.not-a-bundle', Buffer.from(text));
}
