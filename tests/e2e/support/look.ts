import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

/** The usual screen, the smallest, and the usual one under 150 % scaling, in the page's pixels. */
const sizes = [
  { width: 1366, height: 768 },
  { width: 1280, height: 720 },
  { width: 911, height: 512 },
] as const;

/**
 * What every screen must stand: no serious or critical accessibility fault, and nothing wider than the window at any
 * size. Leaves a picture of each size in test-results/screens.
 */
export async function expectFit(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `test-results/screens/${name}-${String(size.width)}.png` });
    expect(await overflowing(page), `${name} at ${String(size.width)}`).toEqual([]);
  }
  await page.setViewportSize(sizes[0]);
  // The other mode opens a second page, which the application denies.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const faults = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(faults, `${name}: accessibility`).toEqual([]);
}

/** Elements that reach beyond the window and cannot be scrolled to. */
const overflowing = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll('button, input, h1, th, .ant-card, .ant-alert')]
      .filter(
        (element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !scrolls(element.parentElement),
      )
      .map((element) => element.outerHTML.slice(0, 120));
  });
