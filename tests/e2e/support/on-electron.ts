import { delimiter } from 'node:path';
import { _electron } from '@playwright/test';
import { setRoom } from './room.ts';
import type { Runner, RunningApp, StartOptions } from './running-app.ts';

type Scripts = { answers: Record<string, unknown[]>; unexpected: string[] };

/** Runs the application in Electron itself. */
export function onElectron(program: string, appDir: string): Runner {
  async function start({ dataDir, drives, screen }: StartOptions): Promise<RunningApp> {
    const electron = await _electron.launch({
      executablePath: program,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--force-device-scale-factor=${String(screen.scale)}`,
        appDir,
      ],
      env: { ...process.env, LIJING_DATA_DIR: dataDir, LIJING_DRIVES: drives.join(delimiter) },
    });
    await electron.evaluate(({ dialog }) => {
      const scripts: Scripts = { answers: { open: [], save: [], message: [] }, unexpected: [] };
      const take = async (kind: string) => {
        const [answer] = scripts.answers[kind]?.splice(0, 1) ?? [];
        if (answer !== undefined) return answer;
        scripts.unexpected.push(`no answer was scripted for a "${kind}" dialog`);
        throw new Error(`no answer scripted: ${kind}`);
      };
      Object.assign(globalThis, { scripts });
      Object.assign(dialog, {
        showOpenDialog: async () => {
          const filePaths = await take('open');
          return { canceled: filePaths === null, filePaths: filePaths ?? [] };
        },
        showSaveDialog: async () => {
          const filePath = await take('save');
          return { canceled: filePath === null, filePath: filePath ?? '' };
        },
        showMessageBox: async () => ({ response: await take('message'), checkboxChecked: false }),
      });
    });
    const page = await electron.firstWindow();
    await page.waitForURL('**/index.html*');
    return {
      page,
      scriptNext: (kind, answer) =>
        electron.evaluate(
          (_, [name, value]) => {
            (globalThis as unknown as { scripts: Scripts }).scripts.answers[name]?.push(value);
          },
          [kind, answer] as const,
        ),
      suspend: () => electron.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend')),
      setRoom: (folder, freeBytes) => electron.evaluate(setRoom, [folder, freeBytes] as const),
      corePids: () =>
        electron.evaluate(({ app }) =>
          app
            .getAppMetrics()
            .filter(({ serviceName, name }) => [serviceName, name].includes('lijing-core'))
            .map(({ pid }) => pid),
        ),
      killCore: () =>
        electron.evaluate(({ app }) => {
          const core = app.getAppMetrics().find(({ serviceName, name }) => [serviceName, name].includes('lijing-core'));
          if (core) process.kill(core.pid, 'SIGKILL');
        }),
      close: async () => {
        const complaints = await electron.evaluate(() => {
          const { answers, unexpected } = (globalThis as unknown as { scripts: Scripts }).scripts;
          const left = Object.entries(answers).flatMap(([kind, each]) => each.map(() => kind));
          return [...unexpected, ...left.map((kind) => `a scripted "${kind}" dialog never came`)];
        });
        await electron.close();
        return complaints;
      },
      address: (url) => url,
    };
  }

  return { name: `Electron, ${program}`, start, end: () => Promise.resolve() };
}
