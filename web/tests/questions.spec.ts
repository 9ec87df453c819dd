import type { Page } from '@playwright/test';

import { expect, expectAccessible, openPanel, panel, test } from './person';

function questions(page: Page) {
  return panel(page, 'Questions');
}

function search(page: Page) {
  return questions(page).getByRole('searchbox', { name: 'Search the questions' });
}

/** Opens the panel, and in it the question that these words find. */
async function openQuestion(page: Page, words: string, name: string) {
  await search(page).fill(words);
  await questions(page).getByRole('button', { name, exact: true }).click();
  await expect(questions(page).getByRole('heading', { name, exact: true })).toBeFocused();
}

/** What stands in an editor, without the lines that it does not show. */
function editor(page: Page, name: 'Operation Editor' | 'Variables') {
  return page.getByRole('region', { name, exact: true }).locator('.view-lines').first();
}

function tabs(page: Page) {
  return page.getByRole('tab');
}

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await openPanel(page, 'Questions');
  // What the page asks by itself is answered, so that all that is sent or answered from now on is the panel's.
  await expect(page.locator('.graphiql-response')).toContainText('"stances"');
});

test('questions stand by theme, and a search finds them by any of their words', async ({ page }) => {
  const themes = questions(page).getByRole('button', { expanded: false });
  await expect(questions(page).getByRole('button', { name: 'Positions on laws 15', expanded: true })).toBeVisible();
  await expect(themes).toHaveCount(10);
  await questions(page).getByRole('button', { name: 'Hearings in Washington 13' }).click();
  await expect(themes).toHaveCount(9);

  const found = questions(page).getByRole('listitem');
  await search(page).fill('POISON hearing');
  await expect(questions(page).getByRole('status')).toHaveText('1 question');
  await expect(found).toHaveText(['How did the Washington Poison Center stand, hearing by hearing?']);
  // South Dakota stands in the operation only as a slug.
  await search(page).fill('south dakota enact');
  await expect(found).toHaveText(['On which day did Georgia, Arizona, Utah and South Dakota enact the act?']);
  await search(page).fill('five');
  await expect(questions(page).getByRole('status')).toHaveText(/^\d+ questions$/);
  await search(page).fill('no such words');
  await expect(questions(page).getByRole('status')).toHaveText(/^No question has all of these words/);
  await expect(found).toHaveCount(0);
  await search(page).press('Escape');
  await expect(search(page)).toHaveValue('');
  await expect(themes).toHaveCount(9);
});

test('a question is asked of another law, which is picked by its name', async ({ page }) => {
  await openQuestion(page, 'who supports the model act', 'Who supports the model act, and who says so?');
  const law = questions(page).getByRole('combobox', { name: 'Law' });
  await expect(law).toHaveValue('Kratom Consumer Protection Act');
  await law.click();
  // Before anything is typed, those of which most is known.
  await expect(page.getByRole('option')).toHaveCount(10);
  await law.pressSequentially('natural health prod');
  await expect(page.getByRole('option')).toHaveText(['Regulation of kratom as a natural health product (Canada) law']);
  await page.getByRole('option').click();
  await expect(law).toHaveValue('Regulation of kratom as a natural health product (Canada)');
  await expect(questions(page)).toContainText('That is said of the values that stood here first.');

  await questions(page).getByRole('button', { name: 'Ask' }).click();
  const response = page.locator('.graphiql-response');
  await expect(response).toContainText('Regulation of kratom as a natural health product (Canada)');
  await expect(response).toContainText('Natural Health Products Research Society of Canada');
  await expect(editor(page, 'Operation Editor')).toContainText('query WhoSupportsIt($law: String! =');
  await expect(editor(page, 'Variables')).toContainText('"law": "natural-health-product-regulation-of-kratom"');

  await questions(page).getByRole('button', { name: 'Show the table' }).click();
  await expect(panel(page, 'Table')).toBeVisible();
  await openPanel(page, 'Questions');
  await expect(law).toHaveValue('Regulation of kratom as a natural health product (Canada)');
  await questions(page).getByRole('button', { name: 'First values again' }).click();
  await expect(law).toHaveValue('Kratom Consumer Protection Act');
});

test('a date that is none is told before anything is sent', async ({ page }) => {
  await openQuestion(
    page,
    'first hearing',
    'Who is for and against SB 6287 on the day of its first hearing, who is recorded on both sides, and by which lines?',
  );
  const on = questions(page).getByRole('textbox', { name: 'On', exact: true });
  await expect(on).toHaveValue('2026-01-27');
  await on.fill('27 January');
  await expect(questions(page).getByRole('alert')).toHaveCount(0);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  await on.press('Enter');
  await expect(questions(page).getByRole('alert')).toHaveText(
    'Write a year, a month or a day that there is: 2026, 2026-01 or 2026-01-27.',
  );
  await expect(on).toBeFocused();
  await expect(on).toHaveAttribute('aria-invalid', 'true');
  expect(sent.filter((body) => body.includes('WhoIsForItOnTheDay'))).toEqual([]);

  await on.fill('2026-01-26');
  await expect(questions(page).getByRole('alert')).toHaveCount(0);
  await on.press('Enter');
  // The day before, nobody had said anything on the bill.
  await expect(page.locator('.graphiql-response')).toContainText('"totalCount": 0');
  expect(sent.filter((body) => body.includes('WhoIsForItOnTheDay')).length).toBeGreaterThan(0);
});

test('a list of organizations is shown by name, taken from and added to', async ({ page }) => {
  await openQuestion(page, 'how far', 'How far does the American Kratom Association agree with others, and on what?');
  const chosen = questions(page).getByRole('group', { name: 'Organizations' }).getByRole('listitem');
  await expect(chosen).toHaveText([
    /^American Kratom Association/,
    /^Botanical Education Alliance/,
    /^Canadian Kratom Association/,
    /^Global Kratom Coalition/,
    /^Washington Association for Substance misuse And Violence Prevention/,
  ]);
  for (const name of [
    'Botanical Education Alliance',
    'Canadian Kratom Association',
    'Global Kratom Coalition',
    'Washington Association for Substance misuse And Violence Prevention',
  ]) {
    await questions(page)
      .getByRole('button', { name: `Remove ${name}` })
      .click();
  }
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(questions(page).getByRole('alert')).toHaveText('Pick 2 to 50.');
  const add = questions(page).getByRole('combobox', { name: 'Add an organization' });
  await expect(add).toBeFocused();
  await add.pressSequentially('poison');
  await page.getByRole('option', { name: 'Washington Poison Center' }).click();
  await expect(add).toHaveValue('');
  await expect(chosen).toHaveText([/^American Kratom Association/, /^Washington Poison Center/]);
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(page.locator('.graphiql-response')).toContainText('"name": "Washington Poison Center"');
});

test('documents, choices, numbers and yes or no have controls of their own', async ({ page }) => {
  await openQuestion(
    page,
    'one document state',
    'What does one document state by itself, and which positions does it report?',
  );
  const document = questions(page).getByRole('combobox', { name: 'Document' });
  await expect(document.locator('option')).toHaveCount(18);
  await expect(document.locator('option:checked')).toHaveText(
    'The Kratom Coalition: Charting a New Course in Kratom Advocacy and Research',
  );
  await document.selectOption('Blog post on the WHO expert committee’s report about kratom'.replace('’', "'"));
  await questions(page).getByRole('button', { name: 'Put into the editor' }).click();
  await expect(editor(page, 'Variables')).toContainText('"document": "who-ecdd-report-news"');
  await expect(page.locator('.graphiql-response')).not.toContainText('totalCount');

  await questions(page).getByRole('button', { name: '← All questions' }).click();
  await openQuestion(
    page,
    'looked up',
    'Which studies can be looked up, under which identifier, and what do they say?',
  );
  await questions(page).getByRole('checkbox', { name: 'Identified' }).uncheck();
  await questions(page).getByRole('combobox', { name: 'Order by' }).selectOption('name');
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(page.locator('.graphiql-response')).toContainText('"totalCount": 29');

  await questions(page).getByRole('button', { name: '← All questions' }).click();
  await openQuestion(page, 'lies around', 'What lies around the model act?');
  const steps = questions(page).getByRole('textbox', { name: 'Steps' });
  await steps.fill('6');
  await steps.press('Tab');
  await expect(questions(page).getByRole('alert')).toHaveText('Write a whole number, 0 to 5.');
  await steps.fill('1');
  await questions(page).getByRole('checkbox', { name: /^law/ }).uncheck();
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(editor(page, 'Variables')).toContainText('"ORGANIZATION"');
  await expect(editor(page, 'Variables')).not.toContainText('"LAW"');
  await expect(page.locator('.graphiql-response')).toContainText('"name": "American Kratom Association"');
});

test('what came of a question is told of the values that stand there', async ({ page }) => {
  await openQuestion(page, 'lies around', 'What lies around the model act?');
  const told = questions(page).getByRole('status').last();
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(told).toHaveText('Asked: the answer stands beside the editor.');
  const steps = questions(page).getByRole('textbox', { name: 'Steps' });
  await steps.fill('1');
  await expect(told).toBeEmpty();

  await page.route('**/graphql', (route) => route.fulfill({ json: { errors: [{ message: 'Too much.' }] } }));
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(told).toHaveText(/^There is no answer: /);
  await expect(questions(page).getByRole('button', { name: 'Show the picture' })).toHaveCount(0);
});

test('a question takes the tab of an unedited one, and leaves what the reader wrote', async ({ page }) => {
  await openQuestion(page, 'how much does this server', 'How much does this server know?');
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(page.locator('.graphiql-response')).toContainText('"nEntities": 548');
  await expect(tabs(page)).toHaveText(['Graph']);
  await questions(page).getByRole('button', { name: '← All questions' }).click();
  await openQuestion(page, 'liver find', 'What does a search for the liver find?');
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(page.locator('.graphiql-response')).toContainText('"id": "topic/liver-injury"');
  await expect(tabs(page)).toHaveText(['Liver']);

  await editor(page, 'Operation Editor').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{ organizations(first: 1) { totalCount } }');
  await expect(tabs(page)).toHaveText(['<untitled>']);
  await questions(page).getByRole('button', { name: 'Ask' }).click();
  await expect(tabs(page)).toHaveText([/^<untitled>/, /^Liver/]);
  await expect(page.locator('.graphiql-response')).toContainText('"id": "topic/liver-injury"');
  await tabs(page).first().click();
  await expect(editor(page, 'Operation Editor')).toHaveText(/organizations/);
});

test('the keyboard alone is enough', async ({ page }) => {
  await search(page).focus();
  await page.keyboard.type('american kratom association said what');
  await expect(questions(page).getByRole('status')).toHaveText(/question/);
  await search(page).fill('When did the American');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(search(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(
    questions(page).getByRole('heading', { name: 'When did the American Kratom Association say what?' }),
  ).toBeFocused();
  const of = questions(page).getByRole('combobox', { name: 'Of' });
  // The fields come with the schema, and the name from the server.
  await expect(of).toHaveValue('American Kratom Association');
  await page.keyboard.press('Tab');
  await expect(of).toBeFocused();
  // The name is selected, so that typing takes its place.
  await page.keyboard.type('hb 2291');
  await expect(page.getByRole('option').first()).toHaveText('HB 2291 (Washington, 2025-26): Kratom law');
  await page.keyboard.press('Enter');
  await expect(of).toHaveValue('HB 2291 (Washington, 2025-26): Kratom');
  await page.keyboard.press('Enter');
  await expect(page.locator('.graphiql-response')).toContainText('City of Medical Lake');
  await expect(of).toBeFocused();
});

test('typing takes the place of a name that comes late', async ({ page }) => {
  let deliver = () => {};
  const later = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('NamesOf')) {
      await later;
    }
    await route.continue();
  });
  await openQuestion(page, 'when did the', 'When did the American Kratom Association say what?');
  const of = questions(page).getByRole('combobox', { name: 'Of' });
  await of.click();
  await expect(of).toHaveValue('');
  deliver();
  await expect(of).toHaveValue('American Kratom Association');
  await page.keyboard.type('6196');
  await expect(of).toHaveValue('6196');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the panel is accessible when it is ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, '.panel');
    await openQuestion(page, 'five together', 'What ties these five together?');
    await expect(questions(page).getByRole('listitem').first()).toHaveText(/^American Kratom Association/);
    await questions(page).getByRole('button', { name: 'Ask' }).click();
    await expect(questions(page).getByRole('status').last()).toHaveText(/^Asked/);
    await expectAccessible(page, '.panel');
    await questions(page).getByRole('combobox', { name: 'Add one' }).click();
    await expect(page.getByRole('option')).toHaveCount(10);
    await expectAccessible(page, '.panel', '.entity-picker-options');
  });
}
