import { createHash } from 'node:crypto';
import { type Opening, openSealed } from './container.ts';
import { isCanonical, jsonOf, published } from './published.ts';
import { isRecipient } from './recipient.ts';
import { must, Refusal } from './refusal.ts';
import { whole } from './tar.ts';

type Owner = { readonly site: string; readonly keyring: string };
export type HelpRequest = Owner & { readonly request: string; readonly recipient: string; readonly slot: string };
export type HelpAnswer = Owner & { readonly act: string; readonly request: string; readonly until: string };

/** What a reader of an answer knows: the request's key, and what was asked where it is known; `now` in milliseconds. */
export type Asked = {
  readonly identities: readonly string[];
  readonly requests?: readonly string[];
  readonly now: number;
};

const MAX_BYTES = 64 * 1024;
const LF = 10;
const fitsRequest = published('help-request');
const fitsAnswer = published('help-answer');
const isRequest = (value: unknown): value is HelpRequest => fitsRequest(value);
const isAnswer = (value: unknown): value is HelpAnswer => fitsAnswer(value);

const UNFIT = 'site.help-request-invalid';
const DAMAGED = 'site.help-answer-damaged';

/** Section 12: a help request; what is compared by telephone is the digest of the whole file. */
export function readHelpRequest(bytes: Buffer): { readonly request: HelpRequest; readonly check: string } {
  must(bytes.length <= MAX_BYTES, UNFIT, 'size');
  const value = jsonOf(bytes);
  must(isRequest(value) && isCanonical(bytes, value), UNFIT);
  must(isRecipient(value.recipient), UNFIT, 'recipient');
  return { request: value, check: createHash('sha256').update(bytes).digest('hex') };
}

/** The data key in the request's slot. */
export async function openSlot({ site, keyring, slot }: HelpRequest, identities: readonly string[]): Promise<Buffer> {
  const told = { 'bundle.not-for-us': 'site.help-key-gone' };
  const plain = await openedAs(Buffer.from(slot, 'base64'), { identities }, told, UNFIT);
  return keyFor(plain, `lijing escrow slot v1 ${site} ${keyring}`, UNFIT);
}

/** A help answer, and its key as it is sealed to the code. */
export async function readHelpAnswer(
  bytes: Buffer,
  { identities, requests, now }: Asked,
): Promise<{ readonly answer: HelpAnswer; readonly line: Buffer; readonly key: Buffer }> {
  must(bytes.length <= MAX_BYTES, DAMAGED, 'size');
  const told = { 'bundle.not-for-us': 'site.help-answer-for-another' };
  const plain = await openedAs(bytes, { identities }, told, DAMAGED);
  const end = plain.indexOf(LF);
  must(end >= 0, DAMAGED, 'first line');
  const line = plain.subarray(0, end);
  const answer = jsonOf(line);
  must(isAnswer(answer) && isCanonical(line, answer), DAMAGED, 'first line');
  must(!requests || requests.includes(answer.request), 'site.help-answer-for-another', answer.request);
  must(now <= Date.parse(answer.until), 'site.help-answer-expired', answer.until);
  return { answer, line, key: plain.subarray(end + 1) };
}

/** The data key in an answer, by any of the codes, normalised. */
export async function openHelpAnswer(
  { line, key }: { readonly line: Buffer; readonly key: Buffer },
  codes: readonly string[],
): Promise<Buffer> {
  const plain = await openedAs(key, { codes }, { 'bundle.wrong-code': 'site.help-code-wrong' }, DAMAGED);
  return keyFor(plain, Buffer.concat([Buffer.from('lijing help answer v1 '), line]), DAMAGED);
}

/** The key behind the digest of what it is for. */
function keyFor(plain: Buffer, context: string | Buffer, otherwise: string): Buffer {
  must(plain.length === 64, otherwise, 'length of the key');
  must(plain.subarray(0, 32).equals(createHash('sha256').update(context).digest()), otherwise, 'sealed for another');
  return plain.subarray(32);
}

/** All inside age, whose refusals have other names here. */
async function openedAs(
  bytes: Buffer,
  opening: Opening,
  told: Readonly<Record<string, string>>,
  otherwise: string,
): Promise<Buffer> {
  try {
    return await whole(openSealed([bytes], opening));
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(told[error.code] ?? otherwise, error.message) : error;
  }
}
