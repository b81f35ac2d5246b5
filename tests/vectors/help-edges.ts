import { armor, generateX25519Identity, identityToRecipient, type Recipient, Stanza } from 'age-encryption';
import { canonical } from '../../electron/journal/entry-line.ts';
import { BUREAU, STATION } from '../support/package-world.ts';
import { LOW_ORDER, NO_RECIPIENTS, recipientOfBytes } from '../support/recipients.ts';
import { type HelpWorld, type Put, sealedTo } from './help-world.ts';

const UNFIT = 'site.help-request-invalid';
const DAMAGED = 'site.help-answer-damaged';
const FOR_ANOTHER = 'site.help-answer-for-another';

const someone = async (): Promise<string> => identityToRecipient(await generateX25519Identity());
const scrypt = (logN: string): Recipient => ({
  wrapFileKey: () => [
    new Stanza(['scrypt', Buffer.alloc(16).toString('base64').slice(0, 22), logN], new Uint8Array(32)),
  ],
});

/** Requests: their words. */
export async function requestEdges(world: HelpWorld, put: Put): Promise<void> {
  const { requestOf, hybridRecipient, keyring } = world;
  const asked = async (over: object = {}): Promise<Buffer> => Buffer.from(canonical(await requestOf(over)));
  const good = await asked();
  const same = await requestOf();
  const text = canonical(same);

  await put('request', 'a request', null, good);
  await put('request-hybrid', 'under post-quantum keys', null, await asked({ recipient: hybridRecipient }));
  await put('request-bom', 'a byte order mark first', UNFIT, Buffer.from(`\ufeff${text}`));
  await put('request-lf', 'a line feed at the end', UNFIT, Buffer.from(`${text}\n`));
  await put('request-spaced', 'not canonical', UNFIT, Buffer.from(JSON.stringify(same, null, 1)));
  const { format, ...rest } = same;
  await put('request-order', 'keys in another order', UNFIT, Buffer.from(JSON.stringify({ format, ...rest })));
  await put('request-twice', 'a key twice', UNFIT, Buffer.from(text.replace('{', `{"at":"2026-11-24T08:00:00.000Z",`)));
  const latin = Buffer.from(text);
  latin[latin.indexOf('lijing')] = 0xe9;
  await put('request-not-utf8', 'not UTF-8', UNFIT, latin);
  await put('request-nothing', 'an empty file', UNFIT, Buffer.alloc(0));
  await put('request-no-object', 'a list', UNFIT, Buffer.from('[]'));
  await put('request-large', 'more than 64 KiB', UNFIT, Buffer.alloc(64 * 1024 + 1, ' '));
  const others: Readonly<Record<string, object>> = {
    more: { more: true },
    newer: { version: 2 },
    'other-format': { format: 'lijing-help-answer' },
    'no-site': { site: '999999000001' },
    'keyring-upper': { keyring: keyring.toUpperCase() },
    'no-id': { request: 'request' },
    'local-time': { at: '2026-11-24T08:00:00+08:00' },
    'no-such-day': { at: '2026-02-30T08:00:00.000Z' },
    'without-time': { at: undefined },
    'recipient-word': { recipient: 'age1example' },
    'recipient-tag': { recipient: NO_RECIPIENTS['a tag'] },
    'recipient-order': { recipient: recipientOfBytes('age', LOW_ORDER[0] ?? Buffer.alloc(32)) },
    'slot-url': { slot: '__8=' },
    'slot-large': { slot: 'A'.repeat(20_004) },
    'slot-empty': { slot: '' },
  };
  for (const [name, over] of Object.entries(others))
    await put(`request-${name}`, `a request with ${name.replaceAll('-', ' ')}`, UNFIT, await asked(over));
  const lone = text.replace(/"recipient":"[^"]*"/, '"recipient":"age1\\ud800"');
  await put('request-lone-surrogate', 'half a character', UNFIT, Buffer.from(lone));
}

/** Requests: what is in their slot. */
export async function slotEdges(world: HelpWorld, put: Put): Promise<void> {
  const { requestOf, slotOf, recipient, hybridRecipient, escrowRecipient, code, dataKey, keyring } = world;
  const holding = async (slot: Uint8Array): Promise<Buffer> =>
    Buffer.from(canonical(await requestOf({ slot: Buffer.from(slot).toString('base64') })));
  const slot = await slotOf();
  await put(
    'slot-escrow',
    'to the bureau and its escrow',
    null,
    await holding(await slotOf({ to: [recipient, escrowRecipient] })),
  );
  await put(
    'slot-safe',
    'to the escrow alone',
    null,
    await holding(await slotOf({ to: [await someone(), escrowRecipient] })),
  );
  await put('slot-hybrid', 'to a post-quantum key', null, await holding(await slotOf({ to: [hybridRecipient] })));
  await put(
    'slot-of-another',
    'to somebody else',
    'site.help-key-gone',
    await holding(await slotOf({ to: [await someone()] })),
  );
  await put('slot-text', 'no age file', UNFIT, await holding(Buffer.from('这不是协助槽')));
  await put('slot-armored', 'age in ASCII armor', UNFIT, await holding(Buffer.from(armor.encode(slot))));
  await put('slot-cut', 'a byte less', UNFIT, await holding(slot.subarray(0, -1)));
  await put('slot-longer', 'a byte more', UNFIT, await holding(Buffer.concat([slot, Buffer.of(0)])));
  await put('slot-altered', 'its last bit turned', UNFIT, await holding(slot.with(-1, (slot.at(-1) ?? 0) ^ 1)));
  await put('slot-by-code', 'to a code', UNFIT, await holding(await slotOf({ to: { code } })));
  await put(
    'slot-code-beside',
    'to a code beside',
    UNFIT,
    await holding(await slotOf({ to: [recipient, scrypt('10')] })),
  );
  await put('slot-short', 'a key of 31 bytes', UNFIT, await holding(await slotOf({ key: dataKey.subarray(1) })));
  await put('slot-long', 'a key of 33 bytes', UNFIT, await holding(await slotOf({ key: Buffer.alloc(33, 7) })));
  await put('slot-no-key', 'nothing inside', UNFIT, await holding(await sealedTo([recipient], new Uint8Array())));
  const context = (site: string, ring: string): string => `lijing escrow slot v1 ${site} ${ring}`;
  await put(
    'slot-other-site',
    'of another site',
    UNFIT,
    await holding(await slotOf({ context: context(BUREAU, keyring) })),
  );
  await put(
    'slot-other-keyring',
    'of another keyring',
    UNFIT,
    await holding(await slotOf({ context: context(STATION, 'ab'.repeat(32)) })),
  );
  await put(
    'slot-other-use',
    'of an answer',
    UNFIT,
    await holding(await slotOf({ context: `lijing help answer v1 ${STATION} ${keyring}` })),
  );
}

/** Answers: the outer seal, and whom and when they are for. */
export async function answerEdges({ answerOf, headOf, asker, code }: HelpWorld, put: Put): Promise<void> {
  const good = await answerOf();
  const saying = (over: object): Promise<Buffer> => answerOf({ line: canonical(headOf(over)) });

  await put('answer', 'an answer', null, good);
  await put('answer-beside', 'to somebody else too', null, await answerOf({ to: [await someone(), asker] }));
  await put('answer-last-moment', 'read when it ends', null, await saying({ until: '2026-11-28T08:00:00.000Z' }));
  await put(
    'answer-late',
    'read a moment later',
    'site.help-answer-expired',
    await saying({ until: '2026-11-28T07:59:59.999Z' }),
  );
  await put(
    'answer-other-request',
    'to another request',
    FOR_ANOTHER,
    await saying({ request: '5b0c2f6e-0c1e-4a68-9d0a-2f6f5a3c9b12' }),
  );
  await put(
    'answer-other-request-late',
    'to another request, and late',
    FOR_ANOTHER,
    await saying({ request: '5b0c2f6e-0c1e-4a68-9d0a-2f6f5a3c9b12', until: '2026-11-25T08:00:00.000Z' }),
  );
  await put('answer-of-another', 'to somebody else', FOR_ANOTHER, await answerOf({ to: [await someone()] }));
  await put('answer-nothing', 'an empty file', DAMAGED, Buffer.alloc(0));
  await put('answer-text', 'no age file', DAMAGED, Buffer.from('这不是协助答复\n'));
  await put('answer-armored', 'age in ASCII armor', DAMAGED, Buffer.from(armor.encode(good)));
  await put('answer-by-code', 'to a code', DAMAGED, await answerOf({ to: { code } }));
  await put('answer-code-beside', 'to a code beside', DAMAGED, await answerOf({ to: [asker, scrypt('10')] }));
  await put('answer-cut', 'a byte less', DAMAGED, good.subarray(0, -1));
  await put('answer-longer', 'a byte more', DAMAGED, Buffer.concat([good, Buffer.of(0)]));
  await put('answer-altered', 'its last bit turned', DAMAGED, good.with(-1, (good.at(-1) ?? 0) ^ 1));
  await put('answer-large', 'more than 64 KiB', DAMAGED, await answerOf({ key: Buffer.alloc(64 * 1024) }));
}

/** Answers: their first line. */
export async function answerLineEdges({ answerOf, headOf }: HelpWorld, put: Put): Promise<void> {
  const line = canonical(headOf());
  const saying = (over: object): Promise<Buffer> => answerOf({ line: canonical(headOf(over)) });
  const withText = (text: string): Promise<Buffer> => answerOf({ text });
  await put('line-missing', 'no first line', DAMAGED, await withText(''));
  await put('line-endless', 'no line feed', DAMAGED, await answerOf({ text: line, key: Buffer.alloc(0) }));
  await put('line-empty', 'an empty first line', DAMAGED, await withText('\n'));
  await put('line-crlf', 'CR LF', DAMAGED, await withText(`${line}\r\n`));
  await put('line-bom', 'a byte order mark first', DAMAGED, await withText(`\ufeff${line}\n`));
  await put('line-spaced', 'not canonical', DAMAGED, await withText(`${line.replace(',', ', ')}\n`));
  const { format, ...rest } = headOf();
  await put('line-order', 'keys in another order', DAMAGED, await withText(`${JSON.stringify({ format, ...rest })}\n`));
  const others: Readonly<Record<string, object>> = {
    more: { more: true },
    newer: { version: 2 },
    'other-format': { format: 'lijing-help-request' },
    'without-act': { act: undefined },
    'no-id': { request: 'request' },
    'no-site': { site: '999999000001' },
    'local-time': { until: '2026-12-02T08:00:00+08:00' },
  };
  for (const [name, over] of Object.entries(others))
    await put(`line-${name}`, `a first line with ${name.replaceAll('-', ' ')}`, DAMAGED, await saying(over));
}

/** Answers: the key behind the first line. */
export async function answerKeyEdges(world: HelpWorld, put: Put): Promise<void> {
  const { answerOf, headOf, keyOf, asker, dataKey } = world;
  const holding = (key: Uint8Array): Promise<Buffer> => answerOf({ key });
  const key = await keyOf();
  const otherCode = { code: '0000000000000000' };
  await put(
    'key-other-code',
    'under another code',
    'site.help-code-wrong',
    await holding(await keyOf({ to: otherCode })),
  );
  const later = canonical(headOf({ until: '2027-12-02T08:00:00.000Z' }));
  await put(
    'key-of-another-line',
    'a first line the key was not sealed for',
    DAMAGED,
    await answerOf({ line: later, key }),
  );
  await put('key-missing', 'nothing behind the first line', DAMAGED, await holding(Buffer.alloc(0)));
  await put('key-bare', 'the key itself', DAMAGED, await holding(dataKey));
  await put('key-for-keys', 'to a key in place of the code', DAMAGED, await holding(await keyOf({ to: [asker] })));
  await put(
    'key-beside',
    'to a key beside the code',
    DAMAGED,
    await holding(await keyOf({ to: [asker, scrypt('10')] })),
  );
  await put('key-costly', 'under a code of 2^22', DAMAGED, await holding(await keyOf({ to: [scrypt('22')] })));
  await put('key-cut', 'a byte less', DAMAGED, await holding(key.subarray(0, -1)));
  await put('key-longer', 'a byte more', DAMAGED, await holding(Buffer.concat([key, Buffer.of(0)])));
  await put('key-short', 'a key of 31 bytes', DAMAGED, await holding(await keyOf({ key: dataKey.subarray(1) })));
  await put('key-long', 'a key of 33 bytes', DAMAGED, await holding(await keyOf({ key: Buffer.alloc(33, 7) })));
}
