import { ask, expect, expectAccessible, openPanel, panel, test } from './person';

const SUPPORTERS = '{ law(slug: "kratom-consumer-protection-act") { name supporters { nodes { name } } } }';

test('the sources of an answer are numbered document by document', async ({ page }) => {
  await page.goto('./');
  await openPanel(page, 'Footnotes');
  const footnotes = panel(page, 'Footnotes');
  await expect(footnotes).toContainText('Run an operation: the sources of its answer are listed here.');
  await ask(page, SUPPORTERS);
  await expect(footnotes.getByRole('heading', { level: 3 })).toHaveText(['TODO']);
  await expectAccessible(page);
});
