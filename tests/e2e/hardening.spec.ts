import { existsSync } from 'node:fs';
import { expect, test } from './support/app.ts';
import { ask, foundStation, PASSWORD } from './support/seed.ts';
import { countInMemory } from '../support/memory.ts';

test('after a lock another process has taken over, which has never seen the password or a name', async ({ app }) => {
  await foundStation(app.page);
  const [before = 0] = await app.corePids();
  const traces = { password: Buffer.from(PASSWORD, 'utf16le'), name: Buffer.from('陈所长', 'utf16le') };
  expect(countInMemory(before, traces).name).toBeGreaterThan(0);

  await app.page.getByRole('button', { name: '锁定' }).click();
  await expect(app.page.getByLabel('登录名')).toBeVisible();
  // It ends when nothing is under way any more, a backup among that.
  await expect.poll(() => existsSync(`/proc/${String(before)}/mem`), { timeout: 60_000 }).toBe(false);
  const [after = 0] = await app.corePids();
  expect(after).not.toBe(before);
  expect(countInMemory(after, traces)).toEqual({ password: 0, name: 0 });

  await app.page.getByLabel('登录名').fill('suozhang');
  await app.page.getByLabel('密码').fill(PASSWORD);
  await app.page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(app.page.getByRole('heading', { name: '首页' })).toBeVisible();
});

test('a sleeping machine locks at once, and its core is replaced too', async ({ app }) => {
  await foundStation(app.page);
  const [before = 0] = await app.corePids();
  await app.suspend();
  await expect(app.page.getByLabel('登录名')).toBeVisible();
  await expect.poll(() => app.corePids()).not.toContain(before);
  expect(await ask(app.page, 'site.status', {})).toMatchObject({ state: 'locked' });
});

test('nothing is downloaded, whatever a page makes of it', async ({ app, page }) => {
  const failures: Promise<string | null>[] = [];
  page.on('download', (download) => failures.push(download.failure()));
  await page.evaluate(() => {
    const address = URL.createObjectURL(new Blob(['x']));
    Object.assign(document.createElement('a'), { href: address, download: 'x.txt' }).click();
  });
  expect(await ask(app.page, 'site.status', {})).toMatchObject({ state: 'unfounded' });
  expect((await Promise.all(failures)).filter((failure) => failure === null)).toEqual([]);
});

test('no page can be called from this one, nor learns an address of the machine', async ({ page }) => {
  const candidates = await page.evaluate(async () => {
    const connection = new RTCPeerConnection();
    connection.createDataChannel('x');
    const found: string[] = [];
    const all = new Promise<void>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate) found.push(candidate.candidate);
        else resolve();
      };
    });
    await connection.setLocalDescription(await connection.createOffer());
    await all;
    connection.close();
    return found;
  });
  expect(candidates).toEqual([]);
});

test('no code is made of text', async ({ page }) => {
  // Later than the test's own visit, which the policy does not bind.
  const outcome = await page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        setTimeout(() => {
          try {
            Reflect.construct(Function, ['return 1']);
            resolve('made');
          } catch (error) {
            resolve((error as Error).name);
          }
        }),
      ),
  );
  expect(outcome).toBe('EvalError');
});
