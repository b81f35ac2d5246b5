import { expect, it, vi } from 'vitest';

const offered = vi.hoisted((): string[] => []);
vi.mock('electron', () => ({
  dialog: {
    showSaveDialog: async (_window: object, { defaultPath }: { defaultPath: string }) => {
      offered.push(defaultPath);
      return { canceled: true, filePath: '' };
    },
  },
}));
const { dialogs } = await import('../../../electron/shell/dialogs.ts');

it.each([
  ['城关派出所 2026-11-24 签到表', '城关派出所 2026-11-24 签到表'],
  ['\\\\10.0.0.5\\share\\签到表.pdf', '__10.0.0.5_share_签到表.pdf'],
  ['//host/share/签到表', '__host_share_签到表'],
  ['C:\\Users\\Public\\Startup\\x', 'C__Users_Public_Startup_x'],
  ['..\u0000', '__'],
  ['签到表\u202efdp', '签到表_fdp'],
])('a name another site gave its scan is offered as a name, never as a place: %j', async (suggestedName, name) => {
  await dialogs(() => null as never).chooseSavePath({ suggestedName, extension: 'pdf' });
  expect(offered.at(-1)).toBe(name);
});
