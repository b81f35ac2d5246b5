import { canonical } from '../../electron/journal/entry-line.ts';
import { GENESIS } from '../../shared/entry.ts';
import { BUREAU, entryLines, STATION } from '../support/package-world.ts';
import type { Member } from '../support/tar.ts';
import type { Edge, EdgeWorld } from './edge-world.ts';

const [DIFFERS, INVALID, LARGE] = ['bundle.contents-differ', 'bundle.manifest-invalid', 'bundle.too-large'];
const BROKEN = 'journal.chain-broken';
const MEBI = 1 << 20;

const aLine = (over: object): string =>
  canonical({
    ...{ v: 1, stream: STATION, seq: 1, at: '2026-11-24T08:00:00.000Z', by: 'system' },
    ...{ kind: 'roster.person-recorded', body: {}, prev: GENESIS, ...over },
  });
const withBody = (body: object): string => aLine({ body });
/** Under a manifest that is right about the first of them, other bytes in its place. */
const inPlace = (entries: string | Buffer, line = withBody({ text: '甲' })): Edge => ({
  lines: [line],
  entries: Buffer.from(entries),
});

async function lines({ put }: EdgeWorld): Promise<void> {
  const ofLength = (bytes: number): string => withBody({ text: 'x'.repeat(bytes - withBody({ text: '' }).length) });
  await put('line-of-a-mebibyte', 'a line at the limit', null, { lines: [ofLength(MEBI)] });
  await put('line-longer', 'a line a byte over the limit', LARGE, { lines: [ofLength(MEBI + 1)] });
  const ofDepth = (levels: number): string =>
    withBody({ in: [] }).replace('[]', '['.repeat(levels - 2) + ']'.repeat(levels - 2));
  await put('levels', '32 levels', null, { lines: [ofDepth(32)] });
  await put('levels-more', '33 levels', LARGE, { lines: [ofDepth(33)] });
  await put('levels-very-many', '100,000 levels', LARGE, inPlace(`${ofDepth(100_000)}\n`));
  await put('no-entries', 'a report of nothing', null, { lines: [] });
  await put('empty-line', 'an empty line', BROKEN, inPlace(`${withBody({ text: '甲' })}\n\n`));
  await put('blank-before', 'a space before a line', BROKEN, inPlace(` ${withBody({ text: '甲' })}\n`));
  await put('cr-within', 'CR LF', BROKEN, inPlace(`${withBody({ text: '甲' })}\r\n`));
  await put('no-object', 'a line that is a list', BROKEN, inPlace('[]\n'));
  await put('entry-newer', 'an entry of version 2', BROKEN, inPlace(`${aLine({ v: 2 })}\n`));
  await put('entry-more', 'an entry with a field too many', BROKEN, inPlace(`${aLine({ more: 1 })}\n`));
  await put('entry-by-name', 'an author who is no id', BROKEN, inPlace(`${aLine({ by: 'suozhang' })}\n`));
  await put(
    'entry-local-time',
    'a time with an offset',
    BROKEN,
    inPlace(`${aLine({ at: '2026-11-24T08:00:00+08:00' })}\n`),
  );
  await put('entry-short-sig', 'a personal signature too short', BROKEN, inPlace(`${aLine({ sig: 'AAAA' })}\n`));
  await put('stream-other', 'an entry of a stream not stated', DIFFERS, inPlace(`${aLine({ stream: BUREAU })}\n`));
  await put('kind-other', 'an entry of a kind not stated', DIFFERS, inPlace(`${aLine({ kind: 'site.renamed' })}\n`));
  await put('from-the-middle', 'a stream from its fourth entry on', null, {
    lines: entryLines(2, { first: 4, prev: 'a'.repeat(64) }),
  });
}

async function words({ put }: EdgeWorld): Promise<void> {
  const good: Readonly<Record<string, object>> = {
    bidi: { text: '\u202Eabc\u2066甲\u2069\u200F' },
    nul: { text: 'a\u0000b\u001F' },
    'two-forms': { text: 'é e\u0301' },
    noncharacter: { text: '\uFFFF\uFEFF' },
    'utf16-order': { '\uFB33': 1, '\u{1F600}': 2 },
    'large-number': { n: 1e21, small: 1e-7, whole: 9007199254740993 },
    'number-keys': { 10: 'a', 9: 'b' },
    'proto-key': JSON.parse('{"__proto__":1,"constructor":2}') as object,
  };
  for (const [name, body] of Object.entries(good))
    await put(name, `a body with ${name}`, null, { lines: [withBody(body)] });

  /** The body's text as it stands in the line, which is what is wrong. */
  const raw = (body: string): string => `${withBody({}).replace('"body":{}', () => `"body":${body}`)}\n`;
  const bad: Readonly<Record<string, string | Buffer>> = {
    'bom-first': `\uFEFF${withBody({ text: '甲' })}\n`,
    'lone-surrogate': raw('{"text":"\\ud800"}'),
    'surrogate-escapes': raw('{"text":"\\ud83d\\ude00"}'),
    'surrogate-bytes': Buffer.concat(splitAt(raw('{"text":"?"}'), Buffer.from([0xed, 0xa0, 0x80]))),
    'overlong-bytes': Buffer.concat(splitAt(raw('{"text":"?"}'), Buffer.from([0xc0, 0xaf]))),
    'nul-byte': raw('{"text":"\u0000"}'),
    'needless-escape': raw('{"text":"\\u0041"}'),
    'upper-escape': raw('{"text":"\\u001F"}'),
    'slash-escape': raw('{"text":"\\/"}'),
    'long-escape': raw('{"text":"\\u000a"}'),
    'number-point': raw('{"n":1.0}'),
    'number-exponent': raw('{"n":1e2}'),
    'minus-zero': raw('{"n":-0}'),
    'number-digits': raw('{"n":9007199254740993}'),
    'number-infinite': raw('{"n":1e999}'),
    'not-a-number': raw('{"n":NaN}'),
    'key-twice': raw('{"n":1,"n":1}'),
    'key-order': raw('{"\uFB33":1,"\u{1F600}":2}'),
    'inner-space': raw('{"n": 1}'),
    'trailing-comma': raw('{"n":1,}'),
  };
  for (const [name, entries] of Object.entries(bad)) await put(name, `a line with ${name}`, BROKEN, inPlace(entries));
}

/** The text with other bytes in place of its question mark. */
function splitAt(text: string, bytes: Buffer): Buffer[] {
  const [before = '', after = ''] = text.split('?');
  return [Buffer.from(before), bytes, Buffer.from(after)];
}

async function versions({ put }: EdgeWorld): Promise<void> {
  const replaced = (from: string, to: string): Edge => ({
    manifestBytes: (bytes) => Buffer.from(bytes.toString().replace(from, () => to)),
  });
  const version = (text: string): Edge => replaced('"version":1', `"version":${text}`);
  await put('version-2-loose', 'version 2, not canonical', 'bundle.too-new', version(' 2.0, "more": [ ]'));
  await put('version-largest', 'the largest version', 'bundle.too-new', version('9007199254740991'));
  await put('version-beyond', 'a version no number holds', INVALID, version('9007199254740992'));
  await put('version-0', 'version 0', INVALID, version('0'));
  await put('version-1.5', 'version 1.5', INVALID, version('1.5'));
  await put('version-2.5', 'version 2.5', INVALID, version('2.5'));
  await put('version-text', 'the version a text', INVALID, version('"2"'));
  await put('other-format', 'version 2 of another format', INVALID, {
    manifest: { format: 'lijing-other', version: 2 },
  });
  await put('manifest-lf', 'a line feed behind the manifest', INVALID, {
    manifestBytes: (bytes) => Buffer.concat([bytes, Buffer.from('\n')]),
  });
}

async function manifests({ put }: EdgeWorld): Promise<void> {
  const digest = (n: number): string => n.toString(16).padStart(64, '0');
  const invalid: Readonly<Record<string, object>> = {
    'number-0': { number: 0 },
    'from-no-site': { from: '510922' },
    'local-time': { at: '2026-11-24T08:00:00+08:00' },
    'no-such-day': { at: '2026-02-29T08:00:00.000Z' },
    'app-version-long': { appVersion: 'x'.repeat(41) },
    'medium-empty': { medium: '' },
    'medium-long': { medium: '介'.repeat(61) },
    'succession-empty': { succession: [] },
    'pairing-more': { pairing: { signPublicKey: 'A'.repeat(43) + '=', recipient: 'age1x', mac: digest(1), more: 1 } },
    'pairing-key': { pairing: { signPublicKey: 'A'.repeat(42) + '==', recipient: 'age1x', mac: digest(1) } },
    'stream-twice': { streams: [range(1, 1), range(2, 3)] },
    'range-count': { streams: [{ ...range(1, 3), last: 4 }] },
    'range-backwards': { streams: [{ ...range(3, 1), count: 3 }] },
    'known-many': { known: Array.from({ length: 101 }, () => ({ stream: BUREAU, seq: 1, hash: digest(1) })) },
    'files-many': {
      files: Array.from({ length: 21 }, (_, n) => ({ name: `f${String(n)}.json`, sizeBytes: 0, sha256: digest(1) })),
    },
    'file-upper': { files: [{ name: 'Note.json', sizeBytes: 0, sha256: digest(1) }] },
    'file-path': { files: [{ name: '../note.json', sizeBytes: 0, sha256: digest(1) }] },
    'file-manifest': { files: [{ name: 'manifest.json', sizeBytes: 0, sha256: digest(1) }] },
    'file-line-feed': { files: [{ name: 'note.json\n', sizeBytes: 0, sha256: digest(1) }] },
    'file-twice': { files: [0, 1].map(() => ({ name: 'note.json', sizeBytes: 0, sha256: digest(1) })) },
    'digest-upper': { entries: { sizeBytes: 1, sha256: 'A'.repeat(64) } },
    'attachment-empty': { attachments: [{ sizeBytes: 0, sha256: digest(1) }] },
    'attachments-order': { attachments: [2, 1].map((n) => ({ sizeBytes: 1, sha256: digest(n) })) },
    'attachment-twice': { attachments: [1, 1].map((n) => ({ sizeBytes: 1, sha256: digest(n) })) },
    'arabic-digits': { to: '99999900000٠-1' },
  };
  for (const [name, manifest] of Object.entries(invalid))
    await put(name, `a manifest with ${name}`, INVALID, { manifest });
  const deep = `${'['.repeat(120_000)}${']'.repeat(120_000)}`;
  await put('manifest-deep', 'a manifest of 120,000 levels', INVALID, {
    manifestBytes: (bytes) => Buffer.from(bytes.toString().replace('"known":[]', `"known":${deep}`)),
  });
  await put('manifest-marks', 'a manifest with 250,001 marks', LARGE, {
    manifestBytes: () => Buffer.from(`[${'[],'.repeat(125_000)}]`),
  });
  await put('manifest-bom', 'a manifest with a BOM', INVALID, {
    manifestBytes: (bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes]),
  });

  const sized = (over: object): Edge => ({ manifest: over });
  const large = (sizeBytes: number) => ({ sizeBytes, sha256: digest(1) });
  await put('entries-large', 'entries of 4 GiB and a byte', LARGE, sized({ entries: large(4096 * MEBI + 1) }));
  await put(
    'file-large',
    'a file of 16 MiB and a byte',
    LARGE,
    sized({ files: [{ name: 'note.json', ...large(16 * MEBI + 1) }] }),
  );
  await put(
    'attachment-large',
    'an attachment of 20 MiB and a byte',
    LARGE,
    sized({ attachments: [large(20 * MEBI + 1)] }),
  );
  const many = Array.from({ length: 1639 }, (_, n) => ({ sizeBytes: 20 * MEBI, sha256: digest(n) }));
  await put('total-large', 'more than 32 GiB in all', LARGE, sized({ attachments: many }));

  await put('kinds-differ', 'kinds counted otherwise', DIFFERS, {
    manifest: { countsByKind: { 'roster.person-recorded': 1, 'training.session-recorded': 2 } },
  });
  await put('head-differs', 'another head', DIFFERS, { manifest: { streams: [{ ...range(1, 3), head: digest(1) }] } });
}

/** A range of the station's stream, by its numbers alone. */
const range = (first: number, last: number) => ({
  ...{ stream: STATION, first, last, prev: GENESIS, head: 'a'.repeat(64) },
  count: Math.max(1, last - first + 1),
});

/** What is sent for others, or not at all as it should be. */
async function senders({ put, pairing }: EdgeWorld): Promise<void> {
  const site: Member = ['site.json', Buffer.from('{}')];
  await put('kit-of-another', 'a kit for another station', 'bundle.not-for-us', {
    kind: 'kit',
    to: '999999000002-1',
    lines: [],
    files: [site],
  });
  await put('return-of-another', 'a return for another station', 'bundle.not-for-us', {
    kind: 'return',
    to: '999999000002-1',
    lines: [],
  });
  await put('return-as-kit', 'a kit by its seal, a return by its word', 'bundle.wrong-kind', {
    kind: 'kit',
    lines: [],
    manifest: { kind: 'return' },
  });
  await put('report-down', 'a stream of the bureau in a report', INVALID, {
    lines: entryLines(1, { stream: `${BUREAU}/${STATION}` }),
  });
  await put('return-up', 'the station’s stream in a return', INVALID, { kind: 'return', lines: entryLines(1) });
  await put('return-elsewhere', 'another station’s stream in a return', INVALID, {
    kind: 'return',
    lines: entryLines(1, { stream: `${BUREAU}/999999000002-1` }),
  });
  await put('unpaired', 'a report without pairing', null, { manifest: { pairing: undefined } });
  await put('other-pairing', 'pairing with another proof', null, {
    manifest: { pairing: { ...pairing(STATION, BUREAU), mac: 'ef'.repeat(32) } },
  });
}

/** Manifest, lines and senders. */
export async function contentEdges(world: EdgeWorld): Promise<void> {
  await lines(world);
  await words(world);
  await versions(world);
  await manifests(world);
  await senders(world);
}
