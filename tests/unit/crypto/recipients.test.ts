import { expect, test } from 'vitest';
import { isRecipient, newIdentity, recipientOf } from '../../../electron/crypto/age-keys.ts';
import { isRecipient as verifierTakes } from '../../verify/recipient.ts';
import { LOW_ORDER, NO_RECIPIENTS, RECIPIENT, recipientOfBytes } from '../../support/recipients.ts';

const bothSay = (text: string): readonly boolean[] => [isRecipient(text), verifierTakes(text)];

test('what age itself makes of an identity is a recipient, whichever kind', async () => {
  const hybrid = await recipientOf(await newIdentity('hybrid'));
  for (const text of [RECIPIENT, hybrid, await recipientOf(await newIdentity('x25519'))])
    expect(bothSay(text)).toEqual([true, true]);
  // A character at either end, or anywhere between, taken for another.
  for (const at of [8, 1000, hybrid.length - 1]) {
    const other = hybrid[at] === 'q' ? 'p' : 'q';
    expect(bothSay(hybrid.slice(0, at) + other + hybrid.slice(at + 1))).toEqual([false, false]);
  }
});

test.for(Object.entries(NO_RECIPIENTS))('no recipient is %s', ([, text]) => {
  expect(bothSay(text)).toEqual([false, false]);
});

test('a hybrid recipient whose classical half is a point of low order is none', () => {
  const hybrid = (point: Uint8Array): string => recipientOfBytes('age1pq', Buffer.concat([Buffer.alloc(1184), point]));
  expect(bothSay(hybrid(Buffer.alloc(32, 9)))).toEqual([true, true]);
  for (const point of LOW_ORDER) expect(bothSay(hybrid(point))).toEqual([false, false]);
});
