/** A page that fails its test when the browser complains or asks another host, and what the tests share. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

const address = new URL(process.env.EXPLORER_URL ?? 'http://unset/');
export const origin = address.origin;
export const tokenHash = address.hash;
const EXPECTED = 'expected-complaint';

export const test = base.extend<{ page: Page }>({
  baseURL: async ({}, use) => { await use(origin); },
  page: async ({ page }, use, info) => {
    const complaints: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`); });
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) complaints.push(`request to ${url.href}`);
    });
    await use(page);
    const excused = info.annotations.filter((a) => a.type === EXPECTED).map((a) => a.description ?? '');
    expect(complaints.filter((complaint) => !excused.some((part) => complaint.includes(part)))).toEqual([]);
  },
});
export { expect };

/** Says that the browser will complain of this, rightly: it reports every answer of 401 or 404. */
export const expectComplaint = (text: string): void => { test.info().annotations.push({ type: EXPECTED, description: text }); };

/** Asks the API what the page must show. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const reply = await page.request.get(`${origin}/api/v1${path}`);
  expect(reply.ok(), `${path}: ${reply.status()}`).toBe(true);
  return (await reply.json()) as T;
}

/** Waits until nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main h1')).toBeVisible();
  await expect(page.locator('main .skeleton, main [aria-busy=true]')).toHaveCount(0);
}

/** No serious violation that axe finds, and nothing wider than the window. */
export async function wellMade(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 'wider than the window').toBeLessThanOrEqual(0);
}
