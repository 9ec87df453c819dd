import type { Page } from '@playwright/test';

import { ask, expect, expectAccessible, openPanel, openUnasked, panel, test } from './person';

const AKA = 'American Kratom Association';
const FDA = 'U.S. Food and Drug Administration';
const HEALTH_CANADA = 'Health Canada';

const matrix = (page: Page) => panel(page, 'Matrix');
const cell = (page: Page, name: string) => matrix(page).getByRole('button', { name, exact: true });
const spoken = (page: Page) => matrix(page).getByRole('region', { name: 'What both spoke on' });

/** The rows of the matrix, as they are read. */
function rows(page: Page): Promise<string[][]> {
  return matrix(page)
    .getByRole('grid')
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
}

async function openExample(page: Page) {
  await openUnasked(page);
  await openPanel(page, 'Matrix');
  await matrix(page).getByRole('button', { name: 'Compare six voices on kratom' }).click();
  await expect(cell(page, `${AKA} and ${FDA}: alike on 0 of 2`)).toBeVisible();
}

async function askForThree(page: Page) {
  await page.goto('./');
  await ask(
    page,
    `{ nodes(ids: ["organization/american-kratom-association", "organization/us-food-and-drug-administration",
       "organization/health-canada"]) { ... on Organization { name } } }`,
  );
  await openPanel(page, 'Matrix');
  await expect(cell(page, `${AKA} and ${FDA}: alike on 0 of 2`)).toBeVisible();
}

test('the organizations of the last answer are compared', async ({ page }) => {
  await askForThree(page);
  expect(await rows(page)).toEqual([
    [`1. ${AKA}`, '', '0/2', '–'],
    [`2. ${FDA}`, '0/2', '', '4/4'],
    [`3. ${HEALTH_CANADA}`, '–', '4/4', ''],
  ]);
  await expect(cell(page, `${AKA} and ${HEALTH_CANADA}: nothing in common`)).toHaveText('–');
  await expect(cell(page, `${FDA} and ${HEALTH_CANADA}: alike on 4 of 4`)).toHaveAttribute('data-shade', '6');
  await expect(cell(page, `${FDA} and ${AKA}: alike on 0 of 2`)).toHaveAttribute('data-shade', '0');
});

test('a cell opens what both said, with what it is cited from', async ({ page }) => {
  await openExample(page);
  await cell(page, `${AKA} and ${FDA}: alike on 0 of 2`).click();
  await expect(spoken(page).getByRole('heading')).toHaveText([`${AKA} and ${FDA}`, 'They differ on 2 matters']);
  await expect(spoken(page).locator('summary strong')).toHaveText([
    'Classification of kratom as a Schedule I substance (United States)',
    'There are serious safety concerns about kratom.',
  ]);
  await expect(spoken(page).locator('.matrix-stances')).toHaveText([
    `${AKA} opposes it; ${FDA} supports it`,
    `${AKA} disputes it; ${FDA} asserts it`,
  ]);
  await expect(matrix(page).getByRole('status').last()).toHaveText('What both said on 2 matters is shown below.');
  await spoken(page).getByText('Classification of kratom as a Schedule I substance').first().click();
  const statements = spoken(page).locator('details[open]').getByRole('article');
  await expect(statements).toHaveCount(2);
  await expect(statements.first()).toContainText(`${AKA} opposes Classification of kratom`);
  await expect(statements.first().getByRole('listitem').first()).toContainText(/lines? \d+/);

  await cell(page, `${AKA} and Botanical Education Alliance: alike on 4 of 4`).click();
  await expect(spoken(page).locator('summary strong')).toHaveText([
    'Informed kratom policies',
    'Kratom Consumer Protection Act',
    'Consumer rights',
    'Product quality',
  ]);
  await cell(page, `${AKA} and ${HEALTH_CANADA}: nothing in common`).click();
  await expect(spoken(page)).toContainText('There is no matter on which both take a side.');
  await spoken(page).getByRole('button', { name: 'Close' }).click();
  await expect(spoken(page)).toHaveCount(0);
  await expect(cell(page, `${AKA} and ${HEALTH_CANADA}: nothing in common`)).toBeFocused();
});

test('organizations are added and removed, and ordered', async ({ page }) => {
  await askForThree(page);
  await matrix(page).getByLabel('Add an organization').fill('botanical education');
  await page.getByRole('option', { name: /Botanical Education Alliance/ }).click();
  await expect(cell(page, `Botanical Education Alliance and ${AKA}: alike on 4 of 4`)).toBeVisible();
  const names = async () => (await rows(page)).map(([name]) => name?.replace(/^\d+\. /, ''));
  await expect.poll(names).toEqual([AKA, FDA, HEALTH_CANADA, 'Botanical Education Alliance']);
  await matrix(page).getByLabel('Order').selectOption('by name');
  await expect.poll(names).toEqual([AKA, 'Botanical Education Alliance', HEALTH_CANADA, FDA]);
  await matrix(page).getByLabel('Order').selectOption('by agreement');
  await expect.poll(names).toEqual([AKA, 'Botanical Education Alliance', FDA, HEALTH_CANADA]);

  await matrix(page).getByText('4 organizations').click();
  await matrix(page)
    .getByRole('button', { name: `Remove ${HEALTH_CANADA}` })
    .click();
  await expect(matrix(page).getByRole('rowheader')).toHaveCount(3);
  await matrix(page).getByRole('button', { name: 'Take those of the last answer' }).click();
  await expect(matrix(page).getByRole('rowheader')).toHaveText([/American Kratom/, /Health Canada/, /Food and Drug/]);
});

test('only what is dated by then counts as of a day', async ({ page }) => {
  await openExample(page);
  await matrix(page).getByLabel('As of').fill('2026-02-06');
  await expect(cell(page, `${AKA} and Botanical Education Alliance: nothing in common`)).toBeVisible();
  await expect(cell(page, `${AKA} and Global Kratom Coalition: alike on 1 of 1`)).toHaveText('1/1');
  await matrix(page).getByLabel('As of').fill('2026-02-05');
  await expect(cell(page, `${AKA} and Global Kratom Coalition: nothing in common`)).toBeVisible();
});

test('one cell is in the order of Tab, and the arrow keys lead to the others', async ({ page }) => {
  await openExample(page);
  await expect(matrix(page).locator('.matrix-cell[tabindex="0"]')).toHaveCount(1);
  await cell(page, `${AKA} and ${FDA}: alike on 0 of 2`).focus();
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, `${AKA} and ${HEALTH_CANADA}: nothing in common`)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, `${FDA} and ${HEALTH_CANADA}: alike on 4 of 4`)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(spoken(page).getByRole('heading').nth(1)).toHaveText('They are alike on 4 matters');
  await page.keyboard.press('ControlOrMeta+End');
  await expect(cell(page, 'Global Kratom Coalition and Canadian Kratom Association: nothing in common')).toBeFocused();
});

test('a cell that is reached by an arrow key is in sight, however narrow the panel', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await openExample(page);
  // The headers are measured, without which nobody knows what lies behind them.
  await expect(matrix(page).locator('.matrix-scroll')).not.toHaveCSS('scroll-padding-left', '20px');
  await cell(page, `${AKA} and ${FDA}: alike on 0 of 2`).focus();
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press('ArrowRight');
    const [reached, frame, header] = await Promise.all([
      matrix(page).locator('.matrix-cell:focus').boundingBox(),
      matrix(page).locator('.matrix-scroll').boundingBox(),
      matrix(page).getByRole('rowheader').first().boundingBox(),
    ]);
    expect(reached?.x).toBeGreaterThanOrEqual((header?.x ?? 0) + (header?.width ?? 0));
    expect((reached?.x ?? 0) + (reached?.width ?? 0)).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
  }
});

test('of a long answer, those are compared that share most', async ({ page }) => {
  await page.goto('./');
  await ask(page, '{ organizations(first: 100) { nodes { name } } }');
  await openPanel(page, 'Matrix');
  await expect(matrix(page).getByRole('rowheader')).toHaveCount(12);
  await expect(matrix(page).getByRole('rowheader').first()).toHaveText(`1. ${AKA}`);
});

test('is accessible, in both themes', async ({ page }) => {
  await openExample(page);
  await cell(page, `${AKA} and ${FDA}: alike on 0 of 2`).click();
  await expect(spoken(page).locator('summary').first()).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, '.graphiql-plugin');
  }
});
