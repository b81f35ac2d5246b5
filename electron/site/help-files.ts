import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { HelpAnswer, HelpRequest } from '../../shared/site-help.ts';
import { ProblemError } from '../../shared/problem.ts';
import { isRecipient } from '../crypto/age-keys.ts';
import { sealed, unsealed } from '../crypto/age.ts';
import { asBuffer, byteCursor, readWhole } from '../crypto/byte-cursor.ts';
import { openEscrowSlot } from '../crypto/keyring.ts';
import { openKey, sealKey } from '../crypto/sealed-key.ts';
import { normalSpokenKey } from '../crypto/spoken-key.ts';
import { isCanonical } from '../bundle/entry-lines.ts';
import { jsonOf } from '../bundle/members.ts';
import { canonical } from '../journal/entry-line.ts';

/** More than a request or an answer ever is; a larger file is not read. */
export const MAX_HELP_BYTES = 64 * 1024;

export const requestBytes = (request: HelpRequest): Buffer => Buffer.from(canonical(request));

/** What two people compare by telephone: whoever changed the request on its way changed this. */
export const requestCheck = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** `site.help-request-invalid` for whatever is no request as it was written. */
export function readRequest(bytes: Buffer): HelpRequest {
  const request = HelpRequest.safeParse(bytes.length > MAX_HELP_BYTES ? null : canonicalValue(bytes));
  if (!request.success || !isRecipient(request.data.recipient)) throw new ProblemError('site.help-request-invalid');
  return request.data;
}

/** The data key in the request's slot; null where none of the identities opens it, else `site.help-request-invalid`. */
export async function openRequest(
  { slot, ...owner }: HelpRequest,
  identities: readonly string[],
): Promise<Buffer | null> {
  try {
    return await openEscrowSlot(slot, owner, { identities });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.problem.code === 'bundle.not-for-us') return null;
    throw new ProblemError('site.help-request-invalid');
  }
}

/** What the bytes say, where they are canonical JSON; null for all others. */
function canonicalValue(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  const value = jsonOf(text);
  return isUtf8(bytes) && isCanonical(text, value) ? value : null;
}

/** What the key is sealed for: everything the answer says of itself. */
const contextOf = (head: HelpAnswer): string => `lijing help answer v1 ${canonical(head)}`;

/** The answer: for the station's recipient, and inside it the data key for whoever is told the code. */
export async function answerBytes(
  head: HelpAnswer,
  dataKey: Uint8Array,
  to: { readonly recipient: string; readonly code: string; readonly logN?: number },
): Promise<Buffer> {
  const { recipient, code, logN } = to;
  const key = await sealKey(dataKey, contextOf(head), { code: normalSpokenKey(code), ...(logN ? { logN } : {}) });
  return collected(sealed(pieces(`${canonical(head)}\n`, key), { recipients: [recipient] }));
}

export type OpenAnswer = { readonly head: HelpAnswer; readonly key: Buffer };
/** The request that waits for it, and the time it is. */
export type Asked = { readonly request: string; readonly identity: string; readonly now: Date };

/**
 * What the answer says of itself, and the key still sealed; `site.help-answer-damaged`, `site.help-answer-for-another`,
 * `site.help-answer-expired`.
 */
export async function readAnswer(bytes: Buffer, { request, identity, now }: Asked): Promise<OpenAnswer> {
  if (bytes.length > MAX_HELP_BYTES) throw new ProblemError('site.help-answer-damaged');
  const answer = await answerIn(bytes, identity);
  if (answer.head.request !== request) throw new ProblemError('site.help-answer-for-another');
  if (now.getTime() > Date.parse(answer.head.until)) throw new ProblemError('site.help-answer-expired');
  return answer;
}

async function answerIn(bytes: Buffer, identity: string): Promise<OpenAnswer> {
  const cursor = byteCursor(unsealed(pieces(bytes), { identities: [identity] }));
  try {
    const line = await cursor.line(MAX_HELP_BYTES);
    if (line.at(-1) !== LF) throw new ProblemError('site.help-answer-damaged');
    const head = HelpAnswer.safeParse(canonicalValue(line.subarray(0, -1)));
    if (!head.success) throw new ProblemError('site.help-answer-damaged');
    return { head: head.data, key: await cursor.upTo(MAX_HELP_BYTES) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const isForAnother = error.problem.code === 'bundle.not-for-us';
    throw new ProblemError(isForAnother ? 'site.help-answer-for-another' : 'site.help-answer-damaged');
  } finally {
    await cursor.close();
  }
}

const LF = 0x0a;

/** The data key; `site.help-code-wrong`, `site.help-answer-damaged`. */
export async function openAnswer({ head, key }: OpenAnswer, code: string): Promise<Buffer> {
  try {
    return await openKey(key, contextOf(head), { code: normalSpokenKey(code) });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const isWrong = error.problem.code === 'bundle.wrong-code';
    throw new ProblemError(isWrong ? 'site.help-code-wrong' : 'site.help-answer-damaged');
  }
}

async function* pieces(...all: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const one of all) yield Buffer.from(one);
}

const collected = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => readWhole(buffers(stream));

async function* buffers(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of stream) yield asBuffer(piece);
}
