import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readDiagnosis } from './diagnosis.ts';
import { readEscrowKey } from './escrow-key.ts';
import { openHelpAnswer, openSlot, readHelpAnswer, readHelpRequest } from './help.ts';

type Keys = { readonly identities: readonly string[]; readonly codes: readonly string[] };
/** Whether a file holds, and what is told of it then; throws a Refusal. */
type Check = (bytes: Buffer, keys: Keys) => Promise<readonly string[]>;

/** Sections 12 and 15: checks the files beside the packages, by extension; an answer is held to the requests before it. */
export function besidePackages(): (path: string) => ((keys: Keys) => Promise<readonly string[]>) | null {
  const requests: string[] = [];
  const checks: Readonly<Record<string, Check>> = {
    '.lijingqz': async (bytes, { identities }) => {
      const { request, check } = readHelpRequest(bytes);
      requests.push(request.request);
      await openSlot(request, identities);
      return [`协助请求 ${request.request}，${request.site}`, `校验码 ${check.slice(0, 16)}`];
    },
    '.lijingdf': async (bytes, { identities, codes }) => {
      const asked = { identities, now: Date.now(), ...(requests.length > 0 ? { requests } : {}) };
      const read = await readHelpAnswer(bytes, asked);
      await openHelpAnswer(read, codes);
      return [`协助答复 ${read.answer.act}，${read.answer.site}`, `到 ${read.answer.until} 为止有效`];
    },
    '.lijingzd': async (bytes, { identities }) => {
      const { site, at } = await readDiagnosis([bytes], identities);
      return [`诊断包，${site}，${at}`];
    },
    '.txt': async (bytes) => [`应急密钥，公钥 ${(await readEscrowKey(bytes)).recipient}`],
  };
  return (path) => {
    const check = checks[extname(path)];
    return check ? async (keys) => check(await readFile(path), keys) : null;
  };
}
