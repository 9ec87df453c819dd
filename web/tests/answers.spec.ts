import { ask, expect, expectAccessible, openPanel, openUnasked, panel, test, write } from './person';

const SUPPORTERS = '{ law(slug: "kratom-consumer-protection-act") { supporters { nodes { name } } } }';

test('a panel says that it is of an earlier question, and asks what is in the editor', async ({ page }) => {
  await openUnasked(page);
  await ask(page, SUPPORTERS);
  await openPanel(page, 'Table');
  const table = panel(page, 'Table');
  await expect(table.getByText('2 rows')).toBeVisible();
  await expect(table.getByText('Of an earlier question.')).toBeHidden();

  // The question stands there, and is not asked.
  await write(page, '{ laws(first: 3) { nodes { name } } }');
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

test('what the server says of the cost of an answer is shown with it, and changes nothing else', async ({ page }) => {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const extensions = { cost: { estimated: 12, max: 50_000, objects: 3 } };
    await route.fulfill({ response, json: { ...(await response.json()), extensions } });
  });
  await openUnasked(page);
  await ask(page, SUPPORTERS);
  await expect(page.locator('.graphiql-response')).toContainText('"estimated": 12');
  await openPanel(page, 'Picture');
  await expect(panel(page, 'Picture')).toContainText('Picture of 3 entities and 3 statements');
  await openPanel(page, 'Footnotes');
  await expect(panel(page, 'Footnotes').getByText('6 footnotes in 2 documents')).toBeVisible();
  await openPanel(page, 'Table');
  await expect(panel(page, 'Table').getByText('2 rows')).toBeVisible();
  await openPanel(page, 'Timeline');
  await expect(panel(page, 'Timeline').getByRole('combobox', { name: 'Law' })).toHaveValue(
    'Kratom Consumer Protection Act',
  );
  await openPanel(page, 'Matrix');
  await expect(panel(page, 'Matrix').getByRole('rowheader')).toHaveCount(2);
  await openPanel(page, 'Questions');
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
  for (const title of ['Picture', 'Footnotes', 'Timeline', 'Matrix', 'Table']) {
    await openPanel(page, title);
    await expect(panel(page, title).getByRole('alert')).toHaveText('The store does not answer.');
  }
  isUp = true;
  await panel(page, 'Table').getByRole('button', { name: 'Try again' }).click();
  await expect(panel(page, 'Table').getByText('2 rows')).toBeVisible();
});
