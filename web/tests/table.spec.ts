import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';

import { ask, expect, expectAccessible, openPanel, panel, test } from './person';

const ORGANIZATIONS = '{ organizations(first: 20) { nodes { name type nNeighbors topics { name } } } }';

/** The panel, once it shows this list of the answer. Before, it shows one of the page's own first question. */
async function tableOf(page: Page, query: string, list: string) {
  const table = await asked(page, query);
  await expect(table.getByRole('table', { name: list, exact: true })).toBeVisible();
  return table;
}

async function asked(page: Page, query: string) {
  await page.goto('./');
  // The page's own first question is answered before one of ours is asked.
  await expect(page.locator('.graphiql-response')).toContainText('"data"');
  await openPanel(page, 'Table');
  await ask(page, query);
  return panel(page, 'Table');
}

async function savedCsv(page: Page) {
  const coming = page.waitForEvent('download');
  await panel(page, 'Table').getByRole('button', { name: 'Download CSV' }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('the first connection of an answer is a table, sorted by any column', async ({ page }) => {
  const table = await tableOf(page, ORGANIZATIONS, 'organizations');
  await expect(table.getByRole('columnheader')).toHaveText(['name', 'type', 'nNeighbors', 'topics']);
  const names = table.getByRole('rowheader');
  await expect(names).toHaveCount(20);
  await expect(names.nth(0)).toHaveText('American Kratom Association');

  // By keyboard, as by mouse: numbers are sorted as numbers.
  const header = table.getByRole('columnheader', { name: 'nNeighbors' });
  await header.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const counts = (await table.locator('tbody td:nth-child(3)').allTextContents()).map(Number);
  expect(counts).toHaveLength(20);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  await page.keyboard.press('Enter');
  await expect(header).not.toHaveAttribute('aria-sort');
  await expect(names.nth(0)).toHaveText('American Kratom Association');
  await expectAccessible(page, '.panel');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, '.panel');
});

test('pages are added, one by one and all at once', async ({ page }) => {
  const table = await tableOf(page, ORGANIZATIONS, 'organizations');
  await expect(table.getByText('20 of 46 rows')).toBeVisible();
  await table.getByRole('button', { name: 'Load the next page' }).click();
  await expect(table.getByText('40 of 46 rows')).toBeVisible();
  await table.getByRole('button', { name: 'Load all 46' }).click();
  await expect(table.getByText('46 rows', { exact: true })).toBeVisible();
  const names = await table.getByRole('rowheader').allTextContents();
  expect(names).toHaveLength(46);
  expect(new Set(names).size).toBe(46);
  await expect(table.getByRole('button', { name: /^Load/ })).toHaveCount(0);
});

test('pages before the last ones are put before them', async ({ page }) => {
  const table = await tableOf(page, '{ organizations(last: 20) { nodes { name } } }', 'organizations');
  await expect(table.getByText('20 of 46 rows')).toBeVisible();
  const last = await table.getByRole('rowheader').allTextContents();
  await table.getByRole('button', { name: 'Load the previous page' }).click();
  await expect(table.getByText('40 of 46 rows')).toBeVisible();
  expect((await table.getByRole('rowheader').allTextContents()).slice(20)).toEqual(last);
});

test('a list inside an item goes on by itself', async ({ page }) => {
  const table = await tableOf(
    page,
    '{ laws(first: 41) { nodes { name statements(first: 1) { nodes { predicate subject { name } object { name } } } } } }',
    'laws',
  );
  await table.getByLabel('List').selectOption('laws › Kratom Consumer Protection Act › statements');
  await expect(table.getByText(/^1 of \d+ rows$/)).toBeVisible();
  await expect(table.getByRole('columnheader')).toHaveText(['predicate', 'subject › name', 'object › name']);
  await table.getByRole('button', { name: 'Load the next page' }).click();
  await expect(table.getByText(/^2 of \d+ rows$/)).toBeVisible();
  const second = await table.getByRole('row').nth(2).textContent();
  expect(second).toContain('Kratom Consumer Protection Act');
});

test('a list that was left while it was loading can be loaded when one comes back', async ({ page }) => {
  const table = await tableOf(
    page,
    '{ organizations(first: 20) { nodes { name } } laws(first: 5) { nodes { name } } }',
    'organizations',
  );
  await expect(table.getByText('20 of 46 rows')).toBeVisible();
  // The next page never comes.
  await page.route('**/graphql', (route) =>
    route.request().postData()?.includes('after:') ? undefined : route.continue(),
  );
  await table.getByRole('button', { name: 'Load the next page' }).click();
  await expect(table.getByText('20 of 46 rows … loading')).toBeVisible();
  await table.getByLabel('List').selectOption('laws');
  await expect(table.getByText(/^5 of \d+ rows$/)).toBeVisible();
  await table.getByLabel('List').selectOption('organizations');
  await expect(table.getByText('20 of 46 rows', { exact: true })).toBeVisible();
  await page.unroute('**/graphql');
  await table.getByRole('button', { name: 'Load the next page' }).click();
  await expect(table.getByText('40 of 46 rows')).toBeVisible();
});

test('plain lists are tables, and the choice lasts while the panel is closed', async ({ page }) => {
  const table = await tableOf(
    page,
    '{ law(slug: "wa-2025-26-sb-6287") { supporters { nodes { name } } stances(on: "2026-01-27") { stance organization { name } since } } }',
    'law › supporters',
  );
  await table.getByLabel('List').selectOption('law › stances');
  await expect(table.getByRole('table', { name: 'law › stances', exact: true })).toBeVisible();
  await table.getByRole('columnheader', { name: 'organization › name' }).getByRole('button').click();
  await expect(table.locator('tbody tr')).toHaveText([
    'OPPOSEAmerican Kratom Association2026-01-27',
    'NEUTRALWashington Association for Substance misuse And Violence Prevention2026-01-27',
    'MIXEDWashington Food Industry Association2026-01-27',
    'SUPPORTWashington Poison Center2026-01-27',
  ]);
  await page.getByRole('button', { name: 'Hide Table' }).click();
  await openPanel(page, 'Table');
  await expect(table.getByLabel('List')).toHaveValue('law/stances');
  await expect(table.getByRole('columnheader', { name: 'organization › name' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
});

test('the CSV has the footnotes of each row', async ({ page }) => {
  const table = await tableOf(
    page,
    '{ law(slug: "kratom-consumer-protection-act") { supporters { nodes { name summary } } } }',
    'law › supporters',
  );
  const { name, text } = await savedCsv(page);
  expect(name).toBe('law-supporters.csv');
  await expect(table.getByText('Saved as law-supporters.csv, each row with its sources')).toBeVisible();
  // What is said takes a line, and no more: the table stays where it was.
  await expect(table.getByRole('rowheader', { name: 'American Kratom Association' })).toBeInViewport();
  expect(text.startsWith('\ufeffname,summary,sources\r\n')).toBe(true);
  const { data, errors } = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  expect(data.map((row) => row.name)).toEqual(['American Kratom Association', 'Botanical Education Alliance']);
  expect(data[1]?.sources).toBe(
    '[4] Blog article on kratom advocacy groups in Canada and the United States in 2025, line 40',
  );
});

test('a CSV that was asked for is saved, though another question is answered meanwhile', async ({ page }) => {
  const table = await tableOf(
    page,
    '{ law(slug: "kratom-consumer-protection-act") { supporters { nodes { name } } } }',
    'law › supporters',
  );
  let deliver = () => {};
  const later = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('StatementCitations')) {
      await later;
    }
    await route.continue();
  });
  const coming = page.waitForEvent('download');
  await table.getByRole('button', { name: 'Download CSV' }).click();
  await expect(table.getByText('Asking for the sources …')).toBeVisible();
  await ask(page, ORGANIZATIONS);
  await expect(table.getByRole('table', { name: 'organizations', exact: true })).toBeVisible();
  deliver();
  const file = await coming;
  expect(file.suggestedFilename()).toBe('law-supporters.csv');
  expect(await readFile(await file.path(), 'utf8')).toContain('Botanical Education Alliance');
});

test('when the data changed, one can ask again', async ({ page }) => {
  const table = await tableOf(page, ORGANIZATIONS, 'organizations');
  await expect(table.getByText('20 of 46 rows')).toBeVisible();
  const sentence = 'The data changed while this was being read: ask again.';
  await page.route('**/graphql', (route) =>
    route.request().postData()?.includes('after:')
      ? route.fulfill({
          json: { data: null, errors: [{ message: sentence, extensions: { code: 'SNAPSHOT_CHANGED' } }] },
        })
      : route.continue(),
  );
  await table.getByRole('button', { name: 'Load the next page' }).click();
  await expect(table.getByRole('alert')).toHaveText(
    `The data changed since this list was asked for, so that it cannot be continued. ${sentence}`,
  );
  await table.getByRole('button', { name: 'Ask again' }).click();
  await expect(table.getByRole('alert')).toHaveCount(0);
  await expect(table.getByText('20 of 46 rows')).toBeVisible();
});

test('a list inside something without an id is refused in words', async ({ page }) => {
  const table = await tableOf(
    page,
    '{ coalitions(first: 1) { nMembers members(first: 1) { nodes { name } } } }',
    'coalitions',
  );
  await table.getByLabel('List').selectOption('coalitions › 1 › members');
  await expect(table.getByText(/^This list is inside an item of another list that has no id/)).toBeVisible();
  await expect(table.getByRole('button', { name: /^Load/ })).toHaveCount(0);
});

test('an answer without a list says so', async ({ page }) => {
  const table = await asked(page, '{ graph { nEntities } }');
  await expect(table.getByText('This answer has no list with rows.')).toBeVisible();
});
