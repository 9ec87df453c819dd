import { ask, expect, openPanel, panel, test } from './person';

test('GraphiQL answers a question of one’s own', async ({ page }) => {
  await page.goto('./');
  await ask(page, '{ organizations(first: 1) { totalCount } }');
  await expect(page.locator('.graphiql-response')).toContainText('"totalCount": 46');
});

test('every panel opens', async ({ page }) => {
  await page.goto('./');
  for (const title of ['Questions', 'Picture', 'Footnotes', 'Table', 'Timeline', 'Matrix']) {
    await openPanel(page, title);
    await expect(panel(page, title).getByRole('heading', { name: title })).toBeVisible();
  }
});
