/** What changes the graph: articles that are added after review, and decisions of a person. */
import { ask, expect, expectComplaint, settled, test, tokenHash, wellMade } from './explorer';

const ARTICLE = `Freedonia news <img src=x onerror="document.title='pwned'">

SEOUL, Nov. 20, 2025 - South Korea and Vietnam signed a memorandum of understanding on nuclear energy on Thursday.

Japanese Foreign Minister Takeshi Iwaya met his Australian counterpart Penny Wong in Tokyo on Wednesday.`;

test.describe.configure({ mode: 'serial' });

test('dropped text shows its facts beside it, and is stored once they are approved', async ({ page }) => {
  await page.goto(`/ingest${tokenHash}`);
  await expect(page).toHaveURL(/\/ingest$/);
  await page.getByLabel('Published').fill('2025-11-20');
  const data = await page.evaluateHandle((text) => { const drop = new DataTransfer(); drop.items.add(new File([text], 'article.txt', { type: 'text/plain' })); return drop; }, ARTICLE);
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
  await expect(page.locator('.factlist__item').first()).toBeVisible();
  await expect(page.locator('.annotated')).toContainText('<img src=x');
  await wellMade(page);
  const before = (await ask<{ total: number }>(page, '/articles?limit=1')).total;
  const facts = page.locator('.factlist__item');
  const all = await facts.count();
  await facts.filter({ hasText: /Japan/ }).first().getByRole('checkbox').uncheck();
  const store = page.getByRole('button', { name: /Store the article/ });
  await expect(store).toBeDisabled();
  await page.getByLabel('Your name').fill('Ada');
  await store.click();
  await expect(page).toHaveURL(/\/article\//);
  await settled(page);
  await expect(page.locator('.factlist__item')).toHaveCount(all - 1);
  expect((await ask<{ total: number }>(page, '/articles?limit=1')).total).toBe(before + 1);
  expect(await page.title()).not.toBe('pwned');
});

test('what was added is found', async ({ page }) => {
  await page.goto('/dyad/KOR-VNM?since=2025-11-01');
  await settled(page);
  await expect(page.locator('.event__title', { hasText: /nuclear energy/i })).toBeVisible();
});

test('a saved page is read too', async ({ page }) => {
  await page.goto(`/ingest${tokenHash}`);
  const html = '<html><head><title>Chile and Peru sign pact</title></head><body><nav>Menu</nav><article><h1>Chile and Peru sign pact</h1><p>LIMA, Nov. 21, 2025 - Chile and Peru signed a free trade agreement on Friday.</p></article></body></html>';
  await page.locator('input[type=file]').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from(html) });
  await expect(page.locator('.factlist__item', { hasText: 'Peru' }).first()).toBeVisible();
  await expect(page.locator('.annotated')).not.toContainText('<p>');
});

test('without the token nothing is written', async ({ page }) => {
  expectComplaint('401 (Unauthorized)');
  await page.goto('/ingest');
  await expect(page.getByLabel('Token')).toBeVisible();
  await page.getByLabel(/paste it/).fill(ARTICLE);
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(page.locator('main [role=status]', { hasText: /token/ })).toBeVisible();
});

test('a suggestion is accepted, and taken back', async ({ page }) => {
  await page.goto(`/quality${tokenHash}`);
  await settled(page);
  const cards = page.locator('.suggestion');
  // The look at the whole graph may take longer than the first answer.
  await expect(cards.first()).toBeVisible({ timeout: 60_000 });
  await settled(page);
  const before = await cards.count();
  await page.getByLabel('Your name').fill('Ada');
  const merge = cards.filter({ hasText: 'One event told twice?' }).first();
  await merge.getByPlaceholder('Why').fill('the same ceremony');
  await merge.getByRole('button', { name: /^Accept/ }).click();
  const decision = page.getByRole('row', { name: /merge.*Ada.*the same ceremony/ });
  await expect(decision).toBeVisible();
  await decision.getByRole('button', { name: /Undo/ }).click();
  await expect(decision).toHaveCount(0);
  await expect(cards).toHaveCount(before);
});
