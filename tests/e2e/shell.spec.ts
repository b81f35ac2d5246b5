import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';

type Bridge = {
  call(name: string, input: object): Promise<unknown>;
  on(name: string, listener: () => void): () => void;
};
declare global {
  interface Window {
    readonly api: Bridge;
  }
}

const call = (page: Page, name: string, input: object): Promise<unknown> =>
  page.evaluate(([name, input]) => window.api.call(name, input), [name, input] as const);

test('the page asks and the core answers', async ({ page }) => {
  expect(await call(page, 'site.status', {})).toMatchObject({ ok: true, value: { state: 'unfounded' } });
});

test('a call the contract does not know is refused, not thrown', async ({ page }) => {
  expect(await call(page, '__proto__', {})).toEqual({ ok: false, problem: { code: 'request.malformed' } });
});

test('the page finds nothing of Node or Electron beside its three functions', async ({ page }) => {
  const found = await page.evaluate(() => ({
    api: Object.keys(window.api),
    frozen: Object.isFrozen(window.api),
    strangers: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', '__standIn'].filter((name) => name in window),
  }));
  expect(found).toEqual({ api: ['call', 'drop', 'on'], frozen: true, strangers: [] });
});

test('the chosen file reaches the page by id and name, never by path', async ({ app, page, folder }) => {
  const path = join(folder, '花名册.xlsx');
  await writeFile(path, 'x');
  await app.scriptNext('open', [path]);
  const answer = await call(page, 'work.chooseFiles', { kind: 'ledger', many: false });
  expect(answer).toMatchObject({ ok: true, value: [{ name: '花名册.xlsx', sizeBytes: 1 }] });
  expect(JSON.stringify(answer)).not.toContain(folder);
});

test('a closed dialog is no fault', async ({ app, page }) => {
  await app.scriptNext('open', null);
  expect(await call(page, 'work.chooseFiles', { kind: 'bundle', many: true })).toEqual({ ok: true, value: [] });
});

test('script runs only from our own files', async ({ app, page }) => {
  const policy = await page.evaluate(async () => (await fetch(location.href)).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  const didRun = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.didRun = true';
    document.body.append(script);
    return 'didRun' in window;
  });
  expect(didRun).toBe(false);
  app.expectFault(/inline script violates/);
});

test('no file beside the page is served, by whatever path', async ({ page }) => {
  const states = await page.evaluate(() =>
    Promise.all(
      ['../main/main.js', '%2e%2e/main/main.js', '..%2f..%2fpackage.json', '%00.html', 'none.js'].map(
        async (path) => (await fetch(`/${path}`)).status,
      ),
    ),
  );
  expect(states).toEqual([404, 404, 404, 404, 404]);
});

test('the page goes nowhere, opens nothing and embeds nothing', async ({ app, page }) => {
  const before = page.url();
  for (const leave of [
    () => void (location.href = 'https://example.invalid/'),
    () => void (location.href = 'file:///etc/passwd'),
    () => void (location.href = new URL('/other.html', location.href).href),
    () => void window.open('/index.html'),
    () => document.body.append(Object.assign(document.createElement('iframe'), { src: '/index.html' })),
  ]) {
    await page.evaluate(leave);
    expect(await call(page, 'site.status', {})).toMatchObject({ ok: true });
    expect(page.url()).toBe(before);
  }
  expect(page.context().pages()).toHaveLength(1);
  app.expectFault(/left the application: https:\/\/example\.invalid/);
  app.expectFault(/frame-src 'none'/);
});

test('a request to the outside never leaves', async ({ page, app }) => {
  const outcome = await page.evaluate(() =>
    fetch('https://example.invalid/').then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(outcome).toBe('refused');
  app.expectFault(/example\.invalid/);
});

test('permissions are denied without asking', async ({ page }) => {
  const states = await page.evaluate(() =>
    Promise.all(
      (['camera', 'microphone', 'geolocation', 'notifications'] as PermissionName[]).map(
        async (name) => (await navigator.permissions.query({ name })).state,
      ),
    ),
  );
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('when the core ends by a fault the person can start it again and goes on', async ({ app, page }) => {
  await app.scriptNext('message', 0);
  const reloaded = page.waitForEvent('load');
  await app.killCore();
  await reloaded;
  expect(await call(page, 'site.status', {})).toMatchObject({ ok: true, value: { state: 'unfounded' } });
});

test('screens that fail to come are told before the sign-in, and come when asked again', async ({ page }) => {
  const screens = /\/screens-[^/]+\.js/;
  await page.route(screens, (route) => route.abort());
  await page.reload();
  await expect(page.getByText('程序界面没有载入完整')).toBeVisible();
  await page.unroute(screens);
  await page.getByRole('button', { name: '重新载入' }).click();
  await expect(page.getByRole('button', { name: '使用手册' })).toBeVisible();
});

test('a second start on the same data only brings the first window forward', async ({ app, launch }) => {
  await expect(launch({ dataDir: app.dataDir })).rejects.toThrow();
});
