import axe, { type AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

/** The usual screen, in the page's pixels. */
const usual = { width: 1366, height: 768 } as const;
/** The smallest, and the usual one under 150 % scaling. */
const others = [
  { width: 1280, height: 720 },
  { width: 911, height: 512 },
] as const;

/**
 * What every screen must stand: no serious or critical accessibility fault, and nothing wider than the window at any
 * size. Leaves a picture of it in test-results/screens.
 */
export async function expectFit(page: Page, name: string): Promise<void> {
  for (const size of [...others, usual]) {
    await page.setViewportSize(size);
    expect(await overflowing(page), `${name} at ${String(size.width)}`).toEqual([]);
  }
  await page.screenshot({ path: `test-results/screens/${name}.png` });
  const { violations } = await accessibility(page);
  const faults = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(faults, `${name}: accessibility`).toEqual([]);
}

/** Axe's own judgement; its script is read by each document once. */
async function accessibility(page: Page): Promise<AxeResults> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(() => (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }));
}
type Axe = { readonly run: (options: object) => Promise<AxeResults> };

/** Elements that reach beyond the window and cannot be scrolled to. */
const overflowing = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    // The page has followed the window's new size.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll('button, input, h1, th, .ant-card, .ant-alert')]
      .filter(
        (element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !scrolls(element.parentElement),
      )
      .map((element) => element.outerHTML.slice(0, 120));
  });
