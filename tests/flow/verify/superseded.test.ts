import { expect, test } from 'vitest';
import { vouchedFor } from '../../../electron/bundle/key-changes.ts';
import { newSigningKey } from '../../../electron/crypto/ed25519.ts';
import { BUREAU, STATION } from '../../support/package-world.ts';
import { RECIPIENT } from '../../support/recipients.ts';
import type { Manifest } from '../../verify/manifest.ts';
import { ed25519Key } from '../../verify/succession.ts';
import { superseding } from '../../verify/superseded.ts';

const [first, second, third] = [newSigningKey(), newSigningKey(), newSigningKey()];
type Key = typeof first;
const change = ({ publicKey: former, privateKey }: Key, { publicKey: signPublicKey }: Key) =>
  vouchedFor(BUREAU, privateKey, { former, signPublicKey, recipient: RECIPIENT });
const CHANGES = [change(first, second), change(second, third)];

/** A return to the station, or another, which tells of all changes up to its key. */
function aReturn(number: number, by: Key, to = STATION) {
  const succession = CHANGES.slice(0, [first, second, third].indexOf(by));
  const manifest: Manifest = {
    ...{
      kind: 'return',
      from: BUREAU,
      to,
      number,
      streams: [],
      countsByKind: {},
      known: [],
      attachments: [],
      files: [],
    },
    entries: { sizeBytes: 0, sha256: '' },
    ...(succession.length > 0 ? { succession } : {}),
  };
  return { manifest, signer: ed25519Key(by.publicKey) };
}
const checked = (...returns: readonly ReturnType<typeof aReturn>[]) => {
  const keys = superseding();
  for (const one of returns) keys.signed(one);
  return (): void => keys.check();
};

test('returns by keys that follow on each other hold, in whatever order they are given', () => {
  expect(checked(aReturn(1, first), aReturn(2, second), aReturn(3, third))).not.toThrow();
  expect(checked(aReturn(3, third), aReturn(1, first), aReturn(2, first))).not.toThrow();
  expect(checked(aReturn(4, first), aReturn(3, second, '999999000002-1'))).not.toThrow();
});

test('a return by a former key, numbered behind one by a key that followed it, does not hold', () => {
  expect(checked(aReturn(1, first), aReturn(2, second), aReturn(3, first))).toThrow('bundle.key-superseded');
  expect(checked(aReturn(4, first), aReturn(3, third))).toThrow('bundle.key-superseded');
  expect(checked(aReturn(4, second), aReturn(3, third))).toThrow('bundle.key-superseded');
});
