import { ask, expect, expectAccessible, openPanel, openUnasked, panel, test } from './person';

const SUPPORTERS = '{ law(slug: "kratom-consumer-protection-act") { supporters { nodes { name } } } }';

test('a panel says that it is of an earlier question, and asks what is in the editor', async ({ page }) => {
  await openUnasked(page);
  await ask(page, SUPPORTERS);
  await openPanel(page, 'Table');
  const table = panel(page, 'Table');
  await expect(table.getByText('2 rows')).toBeVisible();
  await expect(table.getByText('Of an earlier question.')).toBeHidden();

  // As a paste: the question stands there, and is not asked.
  await page.getByRole('region', { name: 'Operation Editor' }).locator('.graphiql-editor').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText('{ laws(first: 3) { nodes { name } } }');
  await expect(table.getByText('Of an earlier question.')).toBeVisible();
  await expect(table.getByText('2 rows')).toBeVisible();
  await expectAccessible(page, '.panel');
  await table.getByRole('button', { name: 'Ask what is in the editor' }).click();
  await expect(table.getByText(/^3 of \d+ rows$/)).toBeVisible();
  await expect(table.getByText('Of an earlier question.')).toBeHidden();

  await page.getByRole('button', { name: 'New tab' }).click();
  await expect(table.getByText('Of an earlier question.')).toBeVisible();
  await expect(table.getByRole('button', { name: 'Ask what is in the editor' })).toBeHidden();
});

test('when the server fails a panel says so, and tries again', async ({ page }) => {
  await openUnasked(page);
  let isUp = false;
  await page.route('**/graphql', (route) =>
    isUp || !route.request().postData()?.includes('Grounds_Named')
      ? route.continue()
      : route.fulfill({
          json: { errors: [{ message: 'The store does not answer.', extensions: { code: 'UNAVAILABLE' } }] },
        }),
  );
  await ask(page, SUPPORTERS);
  for (const title of ['Picture', 'Footnotes', 'Table']) {
    await openPanel(page, title);
    await expect(panel(page, title).getByRole('alert')).toHaveText('The store does not answer.');
  }
  isUp = true;
  await panel(page, 'Table').getByRole('button', { name: 'Try again' }).click();
  await expect(panel(page, 'Table').getByText('2 rows')).toBeVisible();
});
