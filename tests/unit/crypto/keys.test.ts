import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSigningKey, publicKeyPem, signBytes, verifyBytes } from '../../../electron/crypto/ed25519.ts';
import {
  openAccountSlot,
  openRecoverySlot,
  sealAccountSlot,
  sealRecoverySlot,
} from '../../../electron/crypto/keyring.ts';
import { newSpokenKey, normalSpokenKey, readSpokenKey } from '../../../electron/crypto/spoken-key.ts';

const aSlot = async (password: string) => {
  const secrets = { dataKey: randomBytes(32), signingKey: randomBytes(48) };
  const slot = await sealAccountSlot({ id: randomUUID(), login: 'ab', password, cost: 2 ** 10 }, secrets);
  return { slot, secrets };
};

test('a slot opens with its password alone, in whichever form of Unicode it is typed', async () => {
  const { slot, secrets } = await aSlot('Åsa-口令-2026');
  expect(await openAccountSlot(slot, 'Åsa-口令-2026')).toEqual(secrets);
  expect(await openAccountSlot(slot, 'Asa-口令-2026')).toBeNull();
});

test('no changed byte of a slot, and no slot under another name, opens', async () => {
  const { slot } = await aSlot('口令口令口令-1');
  const bytes = Buffer.from(slot.sealed.bytes, 'hex');
  for (const at of [0, 20, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const sealed = { ...slot.sealed, bytes: changed.toString('hex') };
    expect(await openAccountSlot({ ...slot, sealed }, '口令口令口令-1')).toBeNull();
  }
  expect(await openAccountSlot({ ...slot, id: randomUUID() }, '口令口令口令-1')).toBeNull();
});

test('a recovery slot opens with its key alone', () => {
  const dataKey = randomBytes(32);
  const slot = sealRecoverySlot(randomUUID(), Buffer.from('ABCD'), dataKey);
  expect(openRecoverySlot(slot, Buffer.from('ABCD'))).toEqual(dataKey);
  expect(openRecoverySlot(slot, Buffer.from('ABCE'))).toBeNull();
});

test('a key from paper reads back, however it was typed, and every single slip is told', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 40 }),
      fc.nat(),
      fc.constantFrom('', ' ', '-', '－', '.'),
      (length, at, gap) => {
        const key = newSpokenKey(length);
        const bytes = readSpokenKey(key);
        expect(bytes?.length).toBe(length);
        expect(readSpokenKey(key.toLowerCase().replaceAll('-', gap).replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(
          bytes,
        );
        const plain = normalSpokenKey(key);
        const slip = plain.charAt(at % length) === 'A' ? 'B' : 'A';
        expect(readSpokenKey(plain.slice(0, at % length) + slip + plain.slice((at % length) + 1))).toBeNull();
      },
    ),
  );
});

test('a signature fits its key and its bytes, and the key leaves as PEM', () => {
  const { publicKey, privateKey } = newSigningKey();
  const signature = signBytes(privateKey, Buffer.from('签认'));
  expect(verifyBytes(publicKey, Buffer.from('签认'), signature)).toBe(true);
  expect(verifyBytes(publicKey, Buffer.from('签认。'), signature)).toBe(false);
  expect(verifyBytes(newSigningKey().publicKey, Buffer.from('签认'), signature)).toBe(false);
  expect(publicKeyPem(publicKey)).toMatch(/^-----BEGIN PUBLIC KEY-----/);
});
