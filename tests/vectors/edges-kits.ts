import { generateKeyPairSync } from 'node:crypto';
import { sha256 } from '../../electron/journal/entry-line.ts';
import { carrying, chainOf, formerComputer } from '../support/carried.ts';
import { BUREAU, entryLines, STATION } from '../support/package-world.ts';
import type { Member } from '../support/tar.ts';
import type { Edge, EdgeWorld } from './edge-world.ts';

export const COMMON = `${BUREAU}/common`;
const DOWN = `${BUREAU}/${STATION}`;
/** The computer that the station of the vectors has taken the place of. */
export const FORMER = `${STATION.slice(0, -1)}0`;
export const json = (name: string, value: unknown): Member => [name, Buffer.from(JSON.stringify(value))];
export const hashOf = (line: string | undefined): string => sha256(line ?? '').toString('hex');

/** The bureau's word to all: who it is, and two entries more. */
export function common({ pairing }: EdgeWorld): readonly string[] {
  const { mac: _mac, ...keys } = pairing(BUREAU, STATION);
  const body = { site: BUREAU, name: '青山县公安局', ...keys };
  const announced = chainOf(COMMON, [{ kind: 'site.bureau-announced', body }]);
  return [...announced, ...entryLines(2, { stream: COMMON, first: 2, prev: hashOf(announced[0]) })];
}

/** Kits: of a new station, and of one founded anew. */
export async function kitEdges(world: EdgeWorld): Promise<void> {
  const { put, secret } = world;
  const about = { v: 1, station: '城关派出所', bureau: '青山县公安局', secret: secret.toString('base64') };
  const kit = (lines: readonly string[], site: object = about): Edge => ({
    kind: 'kit',
    lines,
    files: [json('site.json', site)],
  });
  const registered = { kind: 'site.station-registered', body: { site: STATION, name: '城关派出所' } };
  await put('kit-new', 'a kit', null, kit([...common(world).slice(0, 1), ...chainOf(DOWN, [registered])]), {
    after: [],
    together: null,
  });
  const invalid = { after: [], together: 'bundle.manifest-invalid' };
  await put('kit-without-site', 'a kit without site.json', null, { kind: 'kit', lines: [] }, invalid);
  await put('kit-newer', 'a kit of version 2', null, kit([], { ...about, v: 2 }), invalid);
  await put('kit-secret', 'a kit with a short secret', null, kit([], { ...about, secret: 'AAAA' }), invalid);
  await put(
    'kit-unpaired',
    'a kit without the bureau’s keys',
    null,
    { ...kit([]), manifest: { pairing: undefined } },
    invalid,
  );
  const late = kit(entryLines(2, { stream: COMMON, first: 3, prev: 'a'.repeat(64) }));
  await put('kit-late', 'a kit that begins in the middle', null, late, { after: [], together: 'journal.chain-broken' });

  const { former, stranded, down } = formerComputer(FORMER, STATION);
  const anew = (carried: Parameters<typeof down>[0]): Edge => kit([...former, ...down(carried)]);
  const sent = chainOf(`${BUREAU}/${FORMER}`, [
    { kind: 'site.station-registered', body: { site: FORMER, name: '城关派出所' } },
  ]);
  const whole = kit([...sent, ...former, ...down([carrying(stranded())])]);
  await put('kit-anew', 'a re-founding kit with a carried entry', null, whole, { after: [], together: null });
  const { kind, body } = carrying(stranded());
  const { sig: _sig, ...bare } = stranded();
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const bad: Readonly<Record<string, readonly [carried: ReturnType<typeof carrying>, code: string]>> = {
    'under another digest': [{ kind, body: { ...body, hash: 'ab'.repeat(32) } }, 'journal.hash-differs'],
    'of another organ': [carrying(stranded({ stream: '999999000009-0' })), 'journal.not-its-stream'],
    'of the very computer': [carrying(stranded({ stream: STATION })), 'journal.not-its-stream'],
    'signed by a stranger': [carrying(stranded({}, stranger)), 'entry.signature-invalid'],
    'without its signature': [carrying(bare), 'journal.unsigned'],
    'under the closed kind': [carrying(stranded(), 'handoff.closed-entry-carried'), 'entry.not-allowed-here'],
    'of a computer’s own': [
      carrying(stranded({ kind: 'site.renamed', body: { printingName: '所' } })),
      'entry.not-allowed-here',
    ],
    'of an unknown kind': [carrying(stranded({ kind: 'training.unheard-of' })), 'entry.kind-unknown'],
    'with another body': [carrying(stranded({ body: { note: 1 } })), 'entry.body-invalid'],
    'that is none': [carrying({ v: 1 }), 'entry.body-invalid'],
  };
  for (const [index, [what, [carried, code]]] of Object.entries(bad).entries())
    await put(`carried-${String(index + 1)}`, `a kit with an entry carried ${what}`, null, anew([carried]), {
      after: [],
      together: code,
    });
  const [first = ''] = down([]);
  const unfollowed = kit([...former, first]);
  await put('kit-unfollowed', 'a former computer nobody has followed', null, unfollowed, {
    after: [],
    together: 'journal.not-its-stream',
  });
}
