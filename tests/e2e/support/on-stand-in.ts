import { delimiter } from 'node:path';
import { toProduct } from '../../stand-in/addresses.ts';
import { headlessChromium } from '../../stand-in/chromium.ts';
import { runOnStandIn } from '../../stand-in/run.ts';
import { setRoom } from './room.ts';
import type { Runner, RunningApp, Script, StartOptions } from './running-app.ts';

/** Runs the application in the test's own process, so that its page is an ordinary page of the test. */
export function onStandIn(appDir: string): Runner {
  const chromium = headlessChromium();

  async function start({ dataDir, drives, screen }: StartOptions): Promise<RunningApp> {
    const script = scripted();
    const { promise: ended, resolve: hasEnded } = Promise.withResolvers<number>();
    const { LIJING_DATA_DIR, LIJING_DRIVES } = process.env;
    Object.assign(process.env, { LIJING_DATA_DIR: dataDir, LIJING_DRIVES: drives.join(delimiter) });
    const standIn = await runOnStandIn({
      appDir,
      headless: true,
      screen,
      openContext: chromium.openContext,
      dialogs: script.answers,
      onExit: hasEnded,
    });
    restore({ LIJING_DATA_DIR, LIJING_DRIVES });
    const [window] = standIn.windows();
    if (!window) throw new Error('The application opened no window.');
    const page = await window.page;
    await page.waitForURL('**/index.html*');
    return {
      page,
      scriptNext: script.next,
      suspend: async () => void standIn.power('suspend'),
      setRoom: async (folder, freeBytes) => setRoom(null, [folder, freeBytes]),
      corePids: async () => standIn.processes.running().flatMap(({ pid }) => (pid === undefined ? [] : [pid])),
      killCore: async () => {
        for (const child of standIn.processes.running()) child.kill('SIGKILL');
      },
      close: async () => {
        await standIn.quit();
        await ended;
        return script.complaints();
      },
      address: toProduct,
    };
  }

  return { name: 'the stand-in for Electron, on Chromium', start, end: chromium.close };
}

function restore(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

function scripted() {
  const answers: { [K in keyof Script]: Script[K][] } = { open: [], save: [], message: [] };
  const unexpected: string[] = [];
  const take = <K extends keyof Script>(kind: K, title: string): Promise<Script[K]> => {
    const [answer] = answers[kind].splice(0, 1);
    if (answer !== undefined) return Promise.resolve(answer);
    unexpected.push(`no answer was scripted for the dialog "${title}"`);
    return Promise.reject(new Error(`no answer scripted: ${kind}`));
  };
  return {
    answers: {
      open: ({ title = '' }: { title?: string }) => take('open', title),
      save: ({ title = '' }: { title?: string }) => take('save', title),
      message: ({ message }: { message: string }) => take('message', message),
    },
    next: async <K extends keyof Script>(kind: K, answer: Script[K]): Promise<void> => void answers[kind].push(answer),
    complaints: (): readonly string[] => [
      ...unexpected,
      ...Object.entries(answers).flatMap(([kind, left]) => left.map(() => `a scripted "${kind}" dialog never came`)),
    ],
  };
}
