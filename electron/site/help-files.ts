import { createHash } from 'node:crypto';
import { HelpAnswer, HelpRequest } from '../../shared/site-help.ts';
import { ProblemError } from '../../shared/problem.ts';
import { isRecipient } from '../crypto/age-keys.ts';
import { sealed, unsealed } from '../crypto/age.ts';
import { asBuffer, byteCursor, readWhole } from '../crypto/byte-cursor.ts';
import { openKey, sealKey } from '../crypto/sealed-key.ts';
import { normalSpokenKey } from '../crypto/spoken-key.ts';
import { jsonOf } from '../bundle/members.ts';
import { canonical } from '../journal/entry-line.ts';

/** More than a request or an answer ever is; a larger file is not read. */
export const MAX_HELP_BYTES = 64 * 1024;

export const requestBytes = (request: HelpRequest): Buffer => Buffer.from(canonical(request));

/** What two people compare by telephone: whoever changed the request on its way changed this. */
export const requestCheck = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** `site.help-request-invalid` for whatever is no request as it was written. */
export function readRequest(bytes: Buffer): HelpRequest {
  const request = HelpRequest.safeParse(jsonOf(bytes.toString('utf8')));
  if (!request.success || !requestBytes(request.data).equals(bytes) || !isRecipient(request.data.recipient))
    throw new ProblemError('site.help-request-invalid');
  return request.data;
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

/** What the answer says of itself, and the key still sealed; `site.help-answer-for-another`, `site.help-answer-damaged`. */
export async function readAnswer(bytes: Buffer, identity: string): Promise<OpenAnswer> {
  const cursor = byteCursor(unsealed(pieces(bytes), { identities: [identity] }));
  try {
    const line = await cursor.line(MAX_HELP_BYTES);
    const head = HelpAnswer.parse(jsonOf(line.toString('utf8')));
    return { head, key: await cursor.upTo(MAX_HELP_BYTES) };
  } catch (error) {
    const code = error instanceof ProblemError ? error.problem.code : null;
    throw new ProblemError(code === 'bundle.not-for-us' ? 'site.help-answer-for-another' : 'site.help-answer-damaged');
  } finally {
    await cursor.close();
  }
}

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
