import { expect, test } from './support/app.ts';

test('the page asks and the core answers', async ({ page }) => {
  const answer = await page.evaluate(() =>
    (window as unknown as { api: { call(name: string, input: object): Promise<unknown> } }).api.call('site.status', {}),
  );
  expect(answer).toMatchObject({ ok: true, value: { state: 'unfounded' } });
});
