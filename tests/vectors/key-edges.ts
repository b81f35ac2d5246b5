import { vouchedFor } from '../../electron/bundle/key-changes.ts';
import { pairingMac } from '../../electron/bundle/pairing.ts';
import { newSigningKey } from '../../electron/crypto/ed25519.ts';
import type { KeyChange } from '../../shared/manifest.ts';
import { chainOf } from '../support/carried.ts';
import { BUREAU, entryLines, STATION } from '../support/package-world.ts';
import type { Edge, EdgeWorld } from './edge-world.ts';
import { COMMON, common, FORMER, json } from './edges-kits.ts';

type Key = ReturnType<typeof newSigningKey>;
const INVALID = 'bundle.manifest-invalid';
const UNSIGNED = 'bundle.signature-invalid';
const SUPERSEDED = 'bundle.key-superseded';
const REVOKED = 'handoff.sender-revoked';

const signedBy = ({ privateKey }: Key): Pick<Edge, 'by'> => ({ by: privateKey });

/** What sites say of their keys: one after the other, who vouched for which, and what that does not carry. */
export async function successionEdges(world: EdgeWorld): Promise<void> {
  const { put, recipient, first } = world;
  const [second, third, stranger] = [newSigningKey(), newSigningKey(), newSigningKey()];
  const change = (from: Key, next: Key, over: { site?: string; recipient?: string } = {}): KeyChange =>
    vouchedFor(over.site ?? STATION, from.privateKey, {
      ...{ former: from.publicKey, signPublicKey: next.publicKey },
      recipient: over.recipient ?? recipient,
    });
  const report = (signer: Key, ...succession: readonly KeyChange[]): Edge => ({
    ...signedBy(signer),
    manifest: { succession },
  });
  const once = change(first, second);
  const twice = change(second, third);
  const forged = { ...change(stranger, third), former: first.publicKey };
  const rerouted = { ...once, recipient: recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q')) };

  await put('succession', 'signed by the key that followed', null, report(second, once));
  await put('succession-long', 'by the third of three keys', null, report(third, once, twice));
  await put('succession-former', 'by the former key, with its successor', null, report(first, once));
  await put(
    'succession-back',
    'a key that is followed by the one before it',
    null,
    report(first, once, change(second, first)),
  );
  await put('succession-same', 'a key that follows itself', null, report(first, change(first, first)));
  await put('succession-repeated', 'one change said twice', null, report(second, once, once));
  await put(
    'succession-unknown',
    'a change of a key nobody trusts, beside',
    null,
    report(first, change(stranger, third)),
  );
  await put('succession-backwards', 'the later change first', UNSIGNED, report(third, twice, once));
  await put(
    'succession-led-away',
    'by the successor of a key nobody trusts',
    UNSIGNED,
    report(third, change(stranger, third)),
  );
  await put('succession-forged', 'vouched for by somebody else', UNSIGNED, report(third, forged));
  await put(
    'succession-other-site',
    'vouched for another site',
    UNSIGNED,
    report(second, change(first, second, { site: BUREAU })),
  );
  await put('succession-rerouted', 'another recipient than was vouched for', UNSIGNED, report(second, rerouted));
  await put('succession-none', 'by the next key, without a word of it', UNSIGNED, { ...signedBy(second) });
  await put(
    'second-successor',
    'another key in place of the successor',
    SUPERSEDED,
    report(third, once, change(first, third)),
  );
  await put(
    'second-successor-late',
    'by the successor, another beside',
    SUPERSEDED,
    report(second, once, change(first, third)),
  );
  const unfit = change(first, second, { recipient: 'age1example' });
  await put('succession-recipient', 'a recipient that is none', INVALID, report(second, unfit));
  const unread = { ...change(stranger, third, { recipient: 'age1example' }) };
  await put('succession-unread', 'the same of a key nobody trusts', null, report(first, unread));
  await beyondTheChange(world, once, second);
}

/** Reports with the entry that changed the keys, and behind it. */
async function beyondTheChange({ put, first }: EdgeWorld, once: KeyChange, second: Key): Promise<void> {
  const changed = { kind: 'site.keys-changed', body: { ...once, reason: '例行更换' } };
  const renamed = (printingName: string) => ({ kind: 'site.renamed', body: { printingName } });
  const lines = chainOf(STATION, [renamed('甲'), changed, renamed('乙'), renamed('丙')]);
  const part = (from: number, to: number, signer: Key): Edge => ({
    ...signedBy(signer),
    lines: lines.slice(from, to),
    manifest: { succession: [once] },
  });
  await put('keys-before', 'up to the change, by the former key', null, part(0, 1, first), {
    after: [],
    together: null,
  });
  await put('keys-changed', 'the change itself, by the key that followed', null, part(1, 3, second), {
    after: ['keys-before'],
    together: null,
  });
  await put('keys-changed-former', 'the change itself, by the former key', null, part(1, 3, first), {
    after: ['keys-before'],
    together: SUPERSEDED,
  });
  await put('keys-beyond', 'behind the change, by the former key', null, part(3, 4, first), {
    after: ['keys-before', 'keys-changed'],
    together: SUPERSEDED,
  });
  await put('keys-late', 'before the change, by the former key, come late', null, part(0, 1, first), {
    after: ['keys-changed'],
    together: null,
  });
}

/** Keys, secrets and orders of kits, returns and first reports. */
export async function pairingEdges(world: EdgeWorld): Promise<void> {
  const { put, secret, first } = world;
  const about = { v: 1, station: '城关派出所', bureau: '青山县公安局', secret: secret.toString('base64') };
  const registered = { kind: 'site.station-registered', body: { site: STATION, name: '城关派出所' } };
  const down = chainOf(`${BUREAU}/${STATION}`, [registered]);
  const kit = (site: object, manifest: object = {}, lines: readonly string[] = down): Edge => ({
    ...{ kind: 'kit', lines, manifest },
    files: [json('site.json', site)],
  });
  const paired = (from: string, to: string, by: Buffer, recipient: string) => {
    const keys = { signPublicKey: first.publicKey, recipient };
    return { pairing: { ...keys, mac: pairingMac(by, { from, to, ...keys }) } };
  };
  const alone = (together: string | null) => ({ after: [], together });
  await put('kit', 'a kit', null, kit(about), alone(null));
  for (const bytes of [31, 33]) {
    const other = Buffer.alloc(bytes, 7);
    const said = { ...about, secret: other.toString('base64') };
    const manifest = paired(BUREAU, STATION, other, world.recipient);
    await put(
      `kit-secret-${String(bytes)}`,
      `a secret of ${String(bytes)} bytes`,
      null,
      kit(said, manifest),
      alone(INVALID),
    );
  }
  const otherwise = { ...about, secret: about.secret.replace(/.=$/, 'd=') };
  await put('kit-secret-otherwise', 'a secret with bits too many', null, kit(otherwise), alone(INVALID));
  const byAnother = paired(BUREAU, STATION, Buffer.alloc(32, 8), world.recipient);
  await put('kit-mac', 'a kit not proven by its secret', null, kit(about, byAnother), alone(INVALID));
  const unfit = paired(BUREAU, STATION, secret, 'age1example');
  await put('kit-recipient', 'a kit of a bureau nothing is sealed to', null, kit(about, unfit), alone(INVALID));
  const report = { manifest: paired(STATION, BUREAU, secret, 'age1example') };
  await put('report-recipient', 'a report of a station nothing is sealed to', null, report, {
    after: ['kit'],
    together: INVALID,
  });

  const former = chainOf(FORMER, [{ kind: 'site.renamed', body: { printingName: '甲' } }]);
  const told = common(world).slice(0, 1);
  await put('kit-order', 'a former computer first', INVALID, kit(about, {}, [...former, ...told, ...down]));
  await put('kit-order-last', 'a former computer last', INVALID, kit(about, {}, [...told, ...down, ...former]));
  const swapped: Edge = { kind: 'return', lines: [...down, ...entryLines(1, { stream: COMMON })] };
  await put('return-order', 'what is for all stands last', INVALID, swapped);
  const twoWays = {
    pairing: { ...paired(STATION, BUREAU, secret, world.recipient).pairing, signPublicKey: `${'A'.repeat(42)}B=` },
  };
  await put('pairing-otherwise', 'a public key with bits too many', INVALID, { manifest: twoWays });
}

/** Reports of a computer that is out of use, whatever else they are. */
export async function revokedEdges({ put, first }: EdgeWorld): Promise<void> {
  const stranger = newSigningKey();
  const of = (signer: Key, more: object = {}): Edge => ({ ...signedBy(signer), manifest: { ...more } });
  const revoked = { revoked: [STATION] };
  await put('revoked', 'a good report of a computer out of use', REVOKED, of(first), revoked);
  await put('revoked-stranger', 'one under keys of its own', REVOKED, of(stranger), revoked);
  const led = vouchedFor(STATION, first.privateKey, {
    ...{ former: first.publicKey, signPublicKey: stranger.publicKey, recipient: 'age1example' },
  });
  await put(
    'revoked-successor',
    'one under a key that followed',
    REVOKED,
    of(stranger, { succession: [led] }),
    revoked,
  );
  const other = { streams: [], countsByKind: {}, entries: { sizeBytes: 0, sha256: 'ab'.repeat(32) } };
  await put('revoked-differing', 'one whose entries are not those it states', REVOKED, of(first, other), revoked);
  const spaced: Edge = { ...of(first), manifestBytes: (bytes) => Buffer.concat([bytes, Buffer.from(' ')]) };
  await put('revoked-malformed', 'one whose manifest is none: nobody knows whose it is', INVALID, spaced, revoked);
}
