/** What analysts come for, from the first page to the sentence. */
import { expect, expectComplaint, origin, settled, test } from './explorer';

const MEMORANDUMS = 'signed memorandums of understanding on digital cooperation, logistics and shipping, culture and sports';

test('find what Korea and Singapore signed in 2025 and show the sentence', async ({ page, isMobile }) => {
  await page.goto('/');
  await page.getByRole('combobox', { name: /Search/ }).fill('south kor');
  await page.locator('#suggestions').getByRole('option', { name: /South Korea/ }).first().click();
  await expect(page.locator('main h1')).toHaveText('South Korea');
  await page.getByRole('table').getByRole('link', { name: 'Singapore' }).click();
  await expect(page.locator('main h1')).toHaveText(/South Korea.*Singapore/);
  await page.locator('.filters > summary').click();
  await page.getByLabel('from').fill('2025-01-01');
  await page.getByLabel('to', { exact: true }).fill('2025-12-31');
  await page.getByLabel('agreements', { exact: true }).check();
  await page.getByLabel('signed', { exact: true }).check();
  await expect(page).toHaveURL(/since=2025-01-01&until=2025-12-31&kind=agreement&status=signed/);
  for (const topic of ['Digital cooperation', 'Logistics and shipping', 'Culture and sports']) await expect(page.locator('.event__title', { hasText: topic })).toBeVisible();
  await expect(page.locator('.event__title', { hasText: 'Visit' })).toHaveCount(0);

  await page.locator('.event summary', { hasText: 'Digital cooperation' }).click();
  const evidence = page.locator('.evidence').first();
  await expect(evidence.locator('blockquote')).toContainText(MEMORANDUMS);
  await evidence.getByRole('link', { name: /Lee, Singaporean prime minister/ }).click();
  await expect(page.locator('main h1')).toHaveText('Lee, Singaporean prime minister establish strategic partnership');
  if (!isMobile) await expect(page.locator('.annotated .hl', { hasText: 'signed memorandums' }).first()).toBeVisible();

  // The way back leads to the same view, with its filters.
  await page.goBack();
  await expect(page.locator('.event__title', { hasText: 'Digital cooperation' })).toBeVisible();
  await expect(page).toHaveURL(/status=signed/);
});

test('a shared address shows the same view', async ({ page }) => {
  await page.goto('/dyad/KOR-SGP?since=2025-01-01&until=2025-12-31&kind=agreement&status=signed');
  await settled(page);
  await expect(page.locator('.event__title', { hasText: 'Digital cooperation' })).toBeVisible();
  await expect(page.locator('.event__title', { hasText: 'Visit' })).toHaveCount(0);
  await expect(page.locator('.filters__count')).toHaveText(/4/);
});

test('the same by keyboard alone', async ({ page, isMobile }) => {
  test.skip(isMobile, 'phones have none');
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main h1')).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: /Search/ })).toBeFocused();
  await page.keyboard.type('singap');
  await expect(page.locator('#suggestions [role=option]').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('main h1')).toHaveText('Singapore');
  await expect(page.locator('main h1')).toBeFocused();
  await settled(page);
  const partner = page.getByRole('table').getByRole('link', { name: 'South Korea' });
  for (let presses = 0; presses < 400 && !(await partner.evaluate((link) => link === document.activeElement)); presses++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('main h1')).toHaveText(/South Korea.*Singapore/);
  await settled(page);
  const event = page.locator('.event summary').first();
  for (let presses = 0; presses < 100 && !(await event.evaluate((summary) => summary === document.activeElement)); presses++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.evidence blockquote').first()).toBeVisible();
});

test('search answers as one types and tells it to screen readers', async ({ page }) => {
  await page.goto('/search');
  await page.getByLabel('What to look for').pressSequentially('strategic partn', { delay: 20 });
  await expect(page.locator('main [role=status]').first()).toHaveText(/\d+ found/);
  await expect(page.locator('.hits mark').first()).toBeVisible();
  await expect(page).toHaveURL(/q=strategic\+partn/);
});

test('a list that is narrowed shows what was asked for last', async ({ page }) => {
  await page.route(/\/api\/v1\/countries\?.*q=/, async (route) => {
    await new Promise((wake) => setTimeout(wake, 300));
    await route.continue();
  });
  await page.goto('/countries');
  await settled(page);
  await page.getByRole('main').getByLabel('Name').fill('singap');
  await expect(page.locator('ul.index li')).toHaveCount(1);
  await expect(page.locator('ul.index li')).toContainText('Singapore');
});

test('the network grows where one asks, and says how much it leaves out', async ({ page }) => {
  await page.goto('/network?center=SGP');
  await settled(page);
  await expect(page.locator('.network__canvas canvas').first()).toBeAttached();
  const shown = page.locator('section', { hasText: 'Shown' }).last();
  const before = Number((await shown.textContent())?.match(/(\d+) nodes/)?.[1]);
  await page.locator('.columns--network select').selectOption({ label: 'South Korea' });
  await page.getByRole('button', { name: 'Add its neighbors' }).click();
  await expect(page.locator('.columns--network [role=status]')).toHaveText(/added/);
  await expect.poll(async () => Number((await shown.textContent())?.match(/(\d+) nodes/)?.[1])).toBeGreaterThan(before);
  await page.getByText('The same ties as a table').click();
  await expect(page.getByRole('row', { name: /Singapore.*South Korea|South Korea.*Singapore/ }).first()).toBeVisible();
});

test('a named question fills the editor, answers, and its entities lead to their pages', async ({ page }) => {
  await page.goto('/sparql-ui');
  await expect(page.getByRole('button', { name: 'Run the query' })).toBeEnabled();
  await page.locator('.question summary', { hasText: 'Agreements of two countries' }).click();
  await page.getByRole('button', { name: /^Ask: Agreements of two countries/ }).click();
  await expect(page.locator('.yasr table tbody tr').first()).toBeVisible();
  await expect(page.locator('.yasr')).toContainText('digital cooperation');
  await page.locator('.yasr a.iri[href*="/event/"]').first().click();
  await expect(page.locator('.evidence blockquote').first()).toBeVisible();
});

test('a query that is wrong is told so', async ({ page }) => {
  expectComplaint('400 (Bad Request)');
  await page.goto(`/sparql-ui?query=${encodeURIComponent('SELECT ?x WHERE { ?x }')}`);
  await expect(page.locator('.yasr .errorResult')).toBeVisible();
});

test('a country that the graph does not have', async ({ page }) => {
  expectComplaint('404 (Not Found)');
  await page.goto('/country/XXX');
  await expect(page.getByRole('alert')).toContainText('nothing under this address');
});

test('the colors can be chosen, and stay', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Colors').selectOption('dark');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await paper()).toBe('rgb(20, 23, 28)');
  await page.reload();
  await settled(page);
  expect(await paper()).toBe('rgb(20, 23, 28)');
});

test('the first view comes in under a second', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  const times: number[] = [];
  for (let n = 0; n < 3; n++) {
    const start = Date.now();
    await page.goto(`${origin}/`, { waitUntil: 'commit' });
    await page.locator('table tbody tr').first().waitFor();
    times.push(Date.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(1000);
});
