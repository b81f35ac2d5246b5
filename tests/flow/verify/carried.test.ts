import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pairingMac } from '../../../electron/bundle/pairing.ts';
import { ANEW, applicationFinds, carrying, chainOf, formerComputer, verifierFinds } from '../../support/carried.ts';
import { BUREAU, CHEAP_CODE, entryLines, packageWorld, STATION } from '../../support/package-world.ts';
import { NO_RECIPIENTS, RECIPIENT } from '../../support/recipients.ts';
import { county } from '../../verify/county.ts';
import { readPackage } from '../../verify/package.ts';
import { ed25519Key } from '../../verify/succession.ts';

const { former, stranded, down } = formerComputer();
const THIRD = `${STATION.slice(0, -1)}3`;
const CLOSED = 'handoff.closed-entry-carried';
const comment = {
  kind: 'comments.comment-written',
  body: { id: crypto.randomUUID(), person: crypto.randomUUID(), words: '属实' },
};
const stranger = generateKeyPairSync('ed25519').privateKey;
/** Whatever is written in place of what was carried, under the digest of what was. */
const altered = (change: object) => {
  const { body, ...said } = carrying(stranded());
  return { ...said, body: { ...body, ...change } };
};
const following = (carried: ReturnType<typeof carrying>) => [...former, ...down([carried])];
const { sig: _sig, ...bare } = stranded();
const firstOf = (stream: string, said: ReturnType<typeof carrying>) => [
  ...following(carrying(stranded())),
  ...chainOf(stream, [said]),
];

test('what the bureau carries as it was written stands, open and closed, signed by its author', async () => {
  const lines = [...former, ...down([carrying(stranded()), carrying(stranded(comment), CLOSED)])];
  expect([await applicationFinds(lines), verifierFinds(lines)]).toEqual(['accepted', 'accepted']);
});

test('an entry that names an age key to which nothing could be sealed is believed by neither', async () => {
  const founded = (recipient: string) => {
    const keys = { signPublicKey: `${'A'.repeat(43)}=`, recipient };
    const name = '城关派出所';
    const body = { site: STATION, siteKind: 'station', name, printingName: name, ...keys };
    return chainOf(STATION, [{ kind: 'site.founded', body }]);
  };
  const bothFind = async (recipient: string) => [
    await applicationFinds(founded(recipient)),
    verifierFinds(founded(recipient)),
  ];
  expect(await bothFind(RECIPIENT)).toEqual(['accepted', 'accepted']);
  for (const recipient of Object.values(NO_RECIPIENTS))
    expect(await bothFind(recipient)).toEqual(['entry.body-invalid', 'entry.body-invalid']);
});

const tampered: Readonly<Record<string, readonly [lines: readonly string[], finding: string]>> = {
  'under another digest': [following(altered({ hash: 'ab'.repeat(32) })), 'journal.hash-differs'],
  'with another word in it': [
    following(altered({ entry: { ...stranded(), body: { ...stranded().body, note: '日班' } } })),
    'journal.hash-differs',
  ],
  'with another word in it, and the digest of that': [
    following(carrying({ ...stranded(), body: { ...stranded().body, note: '日班' } })),
    'entry.signature-invalid',
  ],
  'signed by somebody else': [following(carrying(stranded({}, stranger))), 'entry.signature-invalid'],
  'without its signature': [following(carrying(bare)), 'journal.unsigned'],
  'of another organ': [following(carrying(stranded({ stream: '999999000009-1' }))), 'journal.not-its-stream'],
  'of the very computer': [following(carrying(stranded({ stream: ANEW }))), 'journal.not-its-stream'],
  'of a later computer': [following(carrying(stranded({ stream: THIRD }))), 'journal.not-its-stream'],
  'of the bureau': [following(carrying(stranded({ stream: `${BUREAU}/${STATION}` }))), 'journal.not-its-stream'],
  'of a computer whose place another took': [
    [...former, ...down([carrying(stranded({ stream: ANEW }))], { site: THIRD })],
    'journal.not-its-stream',
  ],
  'though a note of the computer itself': [
    following(carrying(stranded({ kind: 'site.renamed', body: { printingName: '所' } }))),
    'entry.not-allowed-here',
  ],
  'though carried already': [
    following(carrying(stranded({ kind: 'handoff.entry-carried', body: { entry: bare, hash: 'a' } }))),
    'entry.not-allowed-here',
  ],
  'closed, in the open': [following(carrying(stranded(comment))), 'entry.not-allowed-here'],
  'open, as a closed one': [following(carrying(stranded(), CLOSED)), 'entry.not-allowed-here'],
  'though the bureau’s to write': [
    following(carrying(stranded({ kind: 'roster.bureau-person-recorded', body: {} }))),
    'entry.not-allowed-here',
  ],
  'of a kind nobody knows': [following(carrying(stranded({ kind: 'training.unheard-of' }))), 'entry.kind-unknown'],
  'with a body its kind does not have': [
    following(carrying(stranded({ body: { signOff: 'x', note: null } }))),
    'entry.body-invalid',
  ],
  'that is no entry': [following(carrying({ ...stranded(), seq: 0 })), 'entry.body-invalid'],
  'that is nothing': [following(altered({ entry: null })), 'entry.body-invalid'],
  'with something beside it': [following(altered({ more: 1 })), 'entry.body-invalid'],
  'to all stations': [firstOf(`${BUREAU}/common`, carrying(stranded())), 'journal.not-its-stream'],
  'by a station': [firstOf('999999000009-1', carrying(stranded())), 'entry.not-allowed-here'],
};

describe.for(Object.entries(tampered))('an entry carried %s', ([, [lines, finding]]) => {
  test(`is ${finding} to the verifier`, () => {
    expect(verifierFinds(lines)).toBe(finding);
  });
  test(`is ${finding} to the application`, async () => {
    expect(await applicationFinds(lines)).toBe(finding);
  });
});

test('what a carried entry would say of its author’s keys counts as its own computer’s word', () => {
  const key = generateKeyPairSync('ed25519');
  const publicKey = Buffer.from(key.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  const body = { id: stranded().by, publicKey, secondPerson: null };
  const rekeyed = stranded({ kind: 'site.account-rekeyed', body, by: 'system' }, null);
  const lines = [...former, ...down([carrying(rekeyed), carrying(stranded({ seq: 10 }, key.privateKey))])];
  expect(verifierFinds(lines)).toBe('accepted');
});

const succeeded = (site: string, before: string) => ({
  kind: 'site.station-succeeded',
  body: { site, former: before },
});
const claims: Readonly<Record<string, readonly string[]>> = {
  'stands in another computer’s stream': chainOf(`${BUREAU}/${ANEW}`, [succeeded(THIRD, STATION)]),
  'names a later computer': chainOf(`${BUREAU}/${STATION}`, [succeeded(STATION, ANEW)]),
  'names another organ’s': chainOf(`${BUREAU}/${ANEW}`, [succeeded(ANEW, '999999000009-1')]),
  'is said twice of one computer': chainOf(`${BUREAU}/${THIRD}`, [succeeded(THIRD, STATION), succeeded(THIRD, ANEW)]),
  'gives one computer two successors': [...down([]), ...chainOf(`${BUREAU}/${THIRD}`, [succeeded(THIRD, STATION)])],
};
test.for(Object.entries(claims))('a succession that %s is refused', ([, lines]) => {
  expect(verifierFinds(lines)).toBe('entry.not-allowed-here');
});

/** A kit with these streams, read by the verifier. */
async function aKit(lines: readonly string[]) {
  const world = await packageWorld();
  const paired = { signPublicKey: world.publicKey, recipient: world.recipient };
  const secret = Buffer.alloc(32, 7);
  const site = { v: 1, station: '城关派出所', bureau: '青山县公安局', secret: secret.toString('base64') };
  const pairing = { ...paired, mac: pairingMac(secret, { from: BUREAU, to: ANEW, ...paired }) };
  const files = [{ name: 'site.json', bytes: Buffer.from(JSON.stringify(site)) }];
  await world.write({ kind: 'kit', from: BUREAU, to: ANEW, number: 1, lines, pairing, files }, CHEAP_CODE);
  const signersOf = () => [ed25519Key(world.publicKey)];
  return readPackage([world.files.get(world.path) ?? Buffer.alloc(0)], { codes: [CHEAP_CODE.code] }, { signersOf });
}

test('a kit brings its former computers’ streams from their first entry on, by the bureau’s word', async () => {
  const check = async (lines: readonly string[]) => {
    const all = county();
    all.add(await aKit(lines));
    all.checkLineage();
    return all.streams().length;
  };
  expect(await check([...former, ...down([carrying(stranded())])])).toBe(2);
  const [registered = ''] = down([]);
  await expect(check([...former, registered])).rejects.toThrow(`journal.not-its-stream (${STATION})`);
  await expect(check([...entryLines(2, { first: 4 }), ...down([])])).rejects.toThrow(
    `journal.chain-broken (${STATION})`,
  );
});
