import { expect, test } from 'vitest';
import { followed, vouchedFor } from '../../../electron/bundle/key-changes.ts';
import { newSigningKey, signBytes } from '../../../electron/crypto/ed25519.ts';
import { ok } from '../../../shared/problem.ts';
import { writePackage } from '../../../electron/bundle/write-package.ts';
import { contents, packageWorld, STATION } from '../../support/package-world.ts';
import { RECIPIENT } from '../../support/recipients.ts';

const [first, second, third, stranger] = [newSigningKey(), newSigningKey(), newSigningKey(), newSigningKey()];
const to = (from: typeof first, key: typeof first, site = STATION, recipient = RECIPIENT) =>
  vouchedFor(site, from.privateKey, {
    former: from.publicKey,
    signPublicKey: key.publicKey,
    recipient,
  });
const changes = [to(first, second), to(second, third)];
const invalid = { ok: false, problem: { code: 'bundle.signature-invalid', detail: { from: STATION } } };

test('whoever knows any key of a line is led to the last', () => {
  expect(followed(STATION, [first.publicKey], changes)).toEqual(ok(changes));
  expect(followed(STATION, [second.publicKey], changes)).toEqual(ok(changes.slice(1)));
  expect(followed(STATION, [third.publicKey], changes)).toEqual(ok([]));
  expect(followed(STATION, [third.publicKey, second.publicKey, first.publicKey], changes)).toEqual(ok([]));
});

test('a line of keys that nobody trusts leads nowhere', () => {
  expect(followed(STATION, [stranger.publicKey], changes)).toEqual(ok([]));
});

test('nobody follows on a word that the former key did not give, or gave for another site', () => {
  const forged = { ...to(stranger, stranger), former: first.publicKey };
  expect(followed(STATION, [first.publicKey], [forged])).toEqual(invalid);
  expect(followed(STATION, [first.publicKey], [to(first, second, '999999000002-1')])).toEqual(invalid);
  const rerouted = { ...to(first, second), recipient: 'age1other' };
  expect(followed(STATION, [first.publicKey], [rerouted])).toEqual(invalid);
});

test('nobody follows to a recipient that nothing could be sealed to, though the former key vouches for it', () => {
  const invalid = { ok: false, problem: { code: 'bundle.manifest-invalid', detail: { at: 'succession' } } };
  const unfit = to(second, third, STATION, 'age1example');
  expect(followed(STATION, [first.publicKey], [to(first, second), unfit])).toEqual(invalid);
  expect(followed(STATION, [third.publicKey], [unfit])).toEqual(ok([]));
});

test('a key that has a successor names no other', () => {
  const other = to(first, stranger);
  const known = [third.publicKey, second.publicKey, first.publicKey];
  const superseded = { ok: false, problem: { code: 'bundle.key-superseded', detail: { from: STATION } } };
  expect(followed(STATION, known, [other])).toEqual(superseded);
  expect(followed(STATION, [first.publicKey], [...changes, other])).toEqual(superseded);
});

test('a package under a new key is believed with the former key’s word, and not without', async () => {
  const world = await packageWorld();
  const next = newSigningKey();
  const change = { former: world.publicKey, signPublicKey: next.publicKey, recipient: world.recipient };
  const write = (succession: ReturnType<typeof to>[] | undefined) =>
    writePackage(
      contents(succession ? { succession } : {}),
      { to: { recipients: [world.recipient] }, sign: (bytes) => signBytes(next.privateKey, bytes) },
      { path: world.path, disk: world.disk },
    );
  await write(undefined);
  expect(await world.open()).toMatchObject({ problem: { code: 'bundle.signature-invalid' } });
  const vouched = { ...change, sig: world.sign(Buffer.from('something else')).toString('base64') };
  await write([vouched]);
  expect(await world.open()).toMatchObject({ problem: { code: 'bundle.signature-invalid' } });
});
