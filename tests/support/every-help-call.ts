import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requestCheck } from '../../electron/site/help-files.ts';
import type { Driven, Drives } from './driven.ts';
import { PASSWORD } from './site.ts';

const helpRequest = ({ site, world }: Driven): Promise<string> =>
  site.file(join(world.stick, world.newest('help-')), 'helpRequest');
const helpAnswer = ({ site, world }: Driven): Promise<string> =>
  site.file(join(world.stick, world.newest('answer-')), 'helpAnswer');

/** As two people would compare it: it is another one after a request was withdrawn. */
const checkOf = async ({ world }: Driven): Promise<string> =>
  requestCheck(await readFile(join(world.stick, world.newest('help-'))));

type Second = (at: Driven) => Promise<{ readonly secondLoginName: string; readonly secondPassword: string }>;

/** The calls of a station that asks its bureau for help, and of the bureau that gives it. */
export const helpDrives = (second: Second): Drives => ({
  'site.helpState': () => [{}],
  'site.askHelp': async (at) => [{ drive: await at.site.drive(at.world.stick) }],
  'site.readHelpAnswer': async (at) => [{ file: await helpAnswer(at) }],
  'site.openWithHelp': async (at) => [
    {
      file: await helpAnswer(at),
      code: 'AAAA-BBBB',
      account: { loginName: 'suozhang', newPassword: PASSWORD },
    },
  ],
  'site.withdrawHelp': () => [{}],
  'site.readHelpRequest': async (at) => [{ file: await helpRequest(at) }],
  'site.answerHelp': async (at) => [
    {
      ...{ file: await helpRequest(at), check: await checkOf(at), reason: '密码无人知道', escrowKey: null },
      ...{ drive: await at.site.drive(at.world.stick), ...(await second(at)) },
    },
  ],
});
