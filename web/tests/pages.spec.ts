/** Every page shows what it is for, in light and dark, on a laptop and a phone, without a serious violation. */
import { ask, expect, settled, test, wellMade } from './explorer';

interface Items { items: { id: string; title?: string; articles?: number }[] }

const FIXED: [string, string, RegExp][] = [
  ['overview', '/', /articles tell of/],
  ['countries', '/countries', /Countries/],
  ['pairs', '/dyads', /Pairs/],
  ['leaders', '/leaders', /Leaders/],
  ['events with filters', '/events?kind=agreement&status=signed&since=2020-01-01&min_confidence=0.7', /Events/],
  ['articles', '/articles', /Articles/],
  ['country', '/country/KOR', /South Korea/],
  ['dyad', '/dyad/KOR-SGP', /South Korea.*Singapore/],
  ['dyad of two who quarrel', '/dyad/RUS-UKR', /Russia.*Ukraine/],
  ['leader', '/leader/lee-jae-myung', /Lee Jae Myung/],
  ['search', '/search?q=singapore', /Search/],
  ['network', '/network', /Network/],
  ['network of a country', '/network?center=KOR', /Network/],
  ['network of a leader', '/network?center=leader/lee-jae-myung', /Network/],
  ['SPARQL', '/sparql-ui', /SPARQL/],
  ['quality', '/quality', /quality/],
  ['adding', '/ingest', /Add an article/],
];

for (const [name, path, heading] of FIXED) {
  test(`${name}: well made`, async ({ page }) => {
    await page.goto(path);
    await settled(page);
    await expect(page.locator('main h1')).toHaveText(heading);
    if (name === 'SPARQL') await expect(page.getByRole('button', { name: 'Run the query' })).toBeEnabled();
    await wellMade(page);
  });
}

test('event: its sentences and history, well made', async ({ page }) => {
  const { items } = await ask<Items>(page, '/events?country=SGP&kind=encounter&limit=5');
  await page.goto(`/event/${items[0]?.id}`);
  await settled(page);
  await expect(page.locator('.evidence blockquote').first()).toBeVisible();
  await wellMade(page);
});

test('article: facts highlighted in the text and linked to entities, well made', async ({ page }) => {
  const { items } = await ask<Items>(page, '/articles?q=Singaporean%20prime%20minister%20establish');
  await page.goto(`/article/${items[0]?.id}`);
  await settled(page);
  await expect(page.locator('main h1')).toHaveText('Lee, Singaporean prime minister establish strategic partnership');
  expect(await page.locator('.factlist__item').count()).toBeGreaterThan(5);
  await expect(page.locator('.factlist a[href*="/country/KOR"]').first()).toContainText('South Korea');
  await wellMade(page);
});

test('no such page, and no such country: says so and leads on', async ({ page }) => {
  await page.goto('/nowhere');
  await expect(page.locator('main h1')).toHaveText('No such page');
  await wellMade(page);
});
