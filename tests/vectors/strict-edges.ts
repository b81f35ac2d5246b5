import { pairingMac } from '../../electron/bundle/pairing.ts';
import { vouchedFor } from '../../electron/bundle/key-changes.ts';
import { newSigningKey } from '../../electron/crypto/ed25519.ts';
import { canonical } from '../../electron/journal/entry-line.ts';
import { chainOf } from '../support/carried.ts';
import { BUREAU, entryLines, STATION } from '../support/package-world.ts';
import { LOW_ORDER, recipientOfBytes } from '../support/recipients.ts';
import type { Edge, EdgeWorld } from './edge-world.ts';
import { common, json } from './edges-kits.ts';

const INVALID = 'bundle.manifest-invalid';
const BROKEN = 'journal.chain-broken';

/** Signatures of 64 bytes and of others, in each way base64 can say them. */
export async function signatureEdges({ put, first, recipient }: EdgeWorld): Promise<void> {
  const signed = (sig: string): Edge => {
    const line = entryLines(1)[0] ?? '';
    return { lines: [canonical({ ...(JSON.parse(line) as object), sig })] };
  };
  const bytes = (count: number): string => Buffer.alloc(count, 7).toString('base64');
  const otherwise = bytes(64).replace(/.==$/, 'x==');
  await put('sig', 'a personal signature of 64 bytes, of a kind that needs none', null, signed(bytes(64)));
  await put('sig-63', 'one of 63 bytes', BROKEN, signed(bytes(63)));
  await put('sig-65', 'one of 65 bytes, as long in base64', BROKEN, signed(bytes(65)));
  await put('sig-66', 'one of 66 bytes, as long in base64', BROKEN, signed(bytes(66)));
  await put('sig-otherwise', 'one with bits too many', BROKEN, signed(otherwise));
  await put('sig-unpadded', 'one without its padding', BROKEN, signed(bytes(64).replace(/=+$/, '')));
  await put('sig-url', 'one in the other alphabet', BROKEN, signed(`${'_'.repeat(84)}_w==`));
  await put('sig-empty', 'one of no bytes', BROKEN, signed(''));

  const second = newSigningKey();
  const once = vouchedFor(STATION, first.privateKey, {
    ...{ former: first.publicKey, signPublicKey: second.publicKey, recipient },
  });
  const succession = (sig: string): Edge => ({ by: second.privateKey, manifest: { succession: [{ ...once, sig }] } });
  await put('succession', 'a key that followed', null, succession(once.sig));
  const longer = Buffer.concat([Buffer.from(once.sig, 'base64'), Buffer.of(0)]).toString('base64');
  await put('succession-sig-65', 'one vouched for in 65 bytes', INVALID, succession(longer));
  const last = once.sig.at(-3) ?? '';
  const next = String.fromCharCode(last.charCodeAt(0) + 1);
  const spelled = once.sig.replace(/.==$/, `${next}==`);
  await put('succession-sig-otherwise', 'one vouched for with bits too many', INVALID, succession(spelled));
}

/** Keys that decode and to which nothing can be sealed, wherever a reader takes in what it will seal to. */
export async function recipientEdges(world: EdgeWorld): Promise<void> {
  const { put, first, secret } = world;
  const [zero = Buffer.alloc(32), , , , order = Buffer.alloc(32)] = LOW_ORDER;
  const unfit: Readonly<Record<string, string>> = {
    zero: recipientOfBytes('age', zero),
    order: recipientOfBytes('age', order),
    hybrid: recipientOfBytes('age1pq', Buffer.concat([Buffer.alloc(1184), order])),
  };
  const paired = (from: string, to: string, recipient: string) => {
    const keys = { signPublicKey: first.publicKey, recipient };
    return { pairing: { ...keys, mac: pairingMac(secret, { from, to, ...keys }) } };
  };
  const site = { v: 1, station: '城关派出所', bureau: '青山县公安局', secret: secret.toString('base64') };
  const registered = { kind: 'site.station-registered', body: { site: STATION, name: '城关派出所' } };
  const lines = [...common(world).slice(0, 1), ...chainOf(`${BUREAU}/${STATION}`, [registered])];
  const kit = (recipient: string): Edge => ({
    ...{ kind: 'kit', lines, files: [json('site.json', site)] },
    manifest: paired(BUREAU, STATION, recipient),
  });
  await put('kit', 'a kit', null, kit(world.recipient), { after: [], together: null });
  for (const [what, recipient] of Object.entries(unfit)) {
    const told = `a recipient nothing can be sealed to (${what})`;
    await put(`kit-${what}`, `a kit with ${told}`, null, kit(recipient), { after: [], together: INVALID });
    const report = { manifest: paired(STATION, BUREAU, recipient) };
    await put(`report-${what}`, `a first report with ${told}`, null, report, { after: ['kit'], together: INVALID });
    const second = newSigningKey();
    const change = vouchedFor(STATION, first.privateKey, {
      ...{ former: first.publicKey, signPublicKey: second.publicKey, recipient },
    });
    const followed: Edge = { by: second.privateKey, manifest: { succession: [change] } };
    await put(`succession-${what}`, `a key that followed, with ${told}`, INVALID, followed);
    const changed = chainOf(STATION, [{ kind: 'site.keys-changed', body: { ...change, reason: '例行更换' } }]);
    const entry: Edge = { lines: changed };
    await put(`entry-${what}`, `an entry with ${told}`, null, entry, { after: [], together: 'entry.body-invalid' });
  }
}
