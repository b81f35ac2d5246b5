import { readReport } from '../../electron/diagnosis/read-report.ts';
import { identityIn } from '../../electron/site/escrow.ts';
import { openAnswer, openRequest, readAnswer, readRequest, requestCheck } from '../../electron/site/help-files.ts';
import { readIdentity, recipientOf } from '../../electron/crypto/age-keys.ts';
import { ProblemError } from '../../shared/problem.ts';
import { readDiagnosis } from '../verify/diagnosis.ts';
import { normalCode } from '../verify/container.ts';
import { readEscrowKey } from '../verify/escrow-key.ts';
import { openHelpAnswer, openSlot, readHelpAnswer, readHelpRequest } from '../verify/help.ts';
import { Refusal } from '../verify/refusal.ts';
import type { OtherVector, OtherVectors } from '../vectors/vectors.ts';
import { piecesOf } from './package-world.ts';

export type OtherKind = OtherVector['kind'];
/** What a reader knows: the keys of a list. */
export type OtherKeys = Omit<OtherVectors, 'vectors' | 'station' | 'dataKey'>;
/** Why a file is refused; null, and what it holds, where it is taken. */
export type Taken = { readonly code: string | null; readonly holds?: string };
type Read = (bytes: Buffer, keys: OtherKeys) => Promise<string>;

const ofTheBureau = ({ identity, hybridIdentity, escrowIdentity }: OtherKeys) => [
  ...[identity, hybridIdentity, escrowIdentity],
];
const KEY_WRONG = 'site.escrow-key-wrong';

const application: Readonly<Record<OtherKind, Read>> = {
  async 'help-request'(bytes, keys) {
    const dataKey = await openRequest(readRequest(bytes), ofTheBureau(keys));
    if (!dataKey) throw new ProblemError('site.help-key-gone');
    return `${requestCheck(bytes)} ${dataKey.toString('hex')}`;
  },
  async 'help-answer'(bytes, { askerIdentity: identity, request, now, spokenCode }) {
    const answer = await readAnswer(bytes, { request, identity, now: new Date(now) });
    return `${answer.head.act} ${(await openAnswer(answer, spokenCode)).toString('hex')}`;
  },
  async 'escrow-key'(bytes, { escrowIdentity }) {
    const identity = bytes.length > 10_000 ? null : await readIdentity(identityIn(bytes));
    const recipient = identity && (await recipientOf(identity));
    if (recipient !== (await recipientOf(escrowIdentity))) throw new ProblemError(KEY_WRONG);
    return recipient;
  },
  async diagnosis(bytes, keys) {
    const { site, at } = await readReport(piecesOf(bytes), ofTheBureau(keys));
    return `${site} ${at}`;
  },
};

const verifier: Readonly<Record<OtherKind, Read>> = {
  async 'help-request'(bytes, keys) {
    const { request, check } = readHelpRequest(bytes);
    return `${check} ${(await openSlot(request, ofTheBureau(keys))).toString('hex')}`;
  },
  async 'help-answer'(bytes, { askerIdentity, request, now, spokenCode }) {
    const asked = { identities: [askerIdentity], requests: [request], now: Date.parse(now) };
    const read = await readHelpAnswer(bytes, asked);
    return `${read.answer.act} ${(await openHelpAnswer(read, [normalCode(spokenCode)])).toString('hex')}`;
  },
  async 'escrow-key'(bytes, { escrowIdentity }) {
    const { recipient } = await readEscrowKey(bytes);
    if (recipient !== (await recipientOf(escrowIdentity))) throw new Refusal(KEY_WRONG);
    return recipient;
  },
  async diagnosis(bytes, keys) {
    const { site, at } = await readDiagnosis([bytes], ofTheBureau(keys));
    return `${site} ${at}`;
  },
};

/** What the application comes to on a file beside the packages. */
export async function applicationTakes(kind: OtherKind, bytes: Buffer, keys: OtherKeys): Promise<Taken> {
  try {
    return { code: null, holds: await application[kind](bytes, keys) };
  } catch (error) {
    if (error instanceof ProblemError) return { code: error.problem.code };
    throw error;
  }
}

/** The same of the stand-alone verifier. */
export async function verifierTakes(kind: OtherKind, bytes: Buffer, keys: OtherKeys): Promise<Taken> {
  try {
    return { code: null, holds: await verifier[kind](bytes, keys) };
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code };
    throw error;
  }
}
