import type { Page } from '@playwright/test';

import { addressOf, ask, expect, expectAccessible, openPanel, openUnasked, panel, test } from './person';

const BILL = 'SB 6287 (Washington, 2025-26): Kratom products';
const SUBSTITUTE = 'SSB 6287 (Washington, 2025-26): Kratom products, substitute';

const timeline = (page: Page) => panel(page, 'Timeline');

/** What is told of a version of the law: the names of its marks, row by row. */
async function marksOn(page: Page, law: string): Promise<string[]> {
  const group = timeline(page).getByRole('region', { name: `Positions on ${law}:` });
  await expect(group).toBeVisible();
  return group.getByRole('button').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label') ?? ''));
}

async function openExample(page: Page) {
  await openUnasked(page);
  await openPanel(page, 'Timeline');
  await timeline(page).getByRole('button', { name: 'Show SB 6287 of Washington' }).click();
  await expect(timeline(page).getByRole('region', { name: `Positions on ${BILL}: 4 organizations` })).toBeVisible();
}

test('a bill and its substitute are told apart', async ({ page }) => {
  await openExample(page);
  expect(await marksOn(page, BILL)).toEqual([
    `American Kratom Association opposes ${BILL}, 2026-01-27, sign in`,
    `Washington Association for Substance misuse And Violence Prevention is neutral on ${BILL}, 2026-01-27, sign in`,
    `Washington Food Industry Association supports and opposes ${BILL}, 2026-01-27, sign in`,
    `Washington Poison Center supports ${BILL}, 2026-01-27, sign in`,
  ]);
  expect(await marksOn(page, SUBSTITUTE)).toEqual([
    `American Kratom Association opposes ${SUBSTITUTE}, 2026-02-06, sign in`,
    `Global Kratom Coalition opposes ${SUBSTITUTE}, 2026-02-06, sign in`,
    `International Plant & Herbal Alliance opposes ${SUBSTITUTE}, 2026-02-06, sign in`,
    `Washington Association for Substance misuse And Violence Prevention supports ${SUBSTITUTE}, 2026-02-06, sign in`,
    `Washington Food Industry Association opposes ${SUBSTITUTE}, 2026-02-06, sign in`,
    `Washington Poison Center is neutral on ${SUBSTITUTE}, 2026-02-06, sign in`,
  ]);
  await expect(timeline(page).locator('.timeline-event-label')).toHaveText([
    'introduced by 2026-01-24',
    'introduced by 2026-02-06',
  ]);
  await timeline(page).getByLabel('With its versions').uncheck();
  await expect(timeline(page).getByRole('region', { name: `Positions on ${SUBSTITUTE}` })).toHaveCount(0);
});

test('both sides of one organization are two signs, and open with what they cite', async ({ page }) => {
  await openExample(page);
  const mark = timeline(page).getByRole('button', {
    name: /^Washington Food Industry Association supports and opposes/,
  });
  await expect(mark.locator('.timeline-sign text')).toHaveText(['S', 'O']);
  await mark.click();
  const said = timeline(page).getByRole('region', { name: 'What was said' });
  await expect(said.getByRole('article')).toHaveCount(2);
  await expect(said).toContainText('One of two lobbyists; the other is recorded against.');
  await expect(said).toContainText('Positions of organizations at four hearings');
  await expect(said).toContainText('line 7');
  await expect(said).toContainText('line 9');
  const heard = timeline(page).getByRole('status').last();
  await expect(heard).toHaveText('2 statements shown below.');
  await said.getByRole('button', { name: 'Close' }).click();
  await expect(said).toHaveCount(0);
  await expect(mark).toBeFocused();
  await expect(heard).toBeEmpty();
});

test('stances are those of a day', async ({ page }) => {
  await openExample(page);
  await timeline(page).getByLabel('Stance on').fill('2026-01-27');
  await timeline(page).getByRole('button', { name: 'Show as table' }).click();
  const rows = (law: string) =>
    timeline(page)
      .getByRole('table', { name: law, exact: true })
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  const table = timeline(page).getByRole('table', { name: SUBSTITUTE });
  await expect(table.getByRole('columnheader')).toHaveText(['Organization', 'What it said', 'Stance on 2026-01-27']);
  expect((await rows(BILL)).slice(2)).toEqual([
    ['Washington Food Industry Association', 'supports and opposes, 2026-01-27, sign in', 'mixed'],
    ['Washington Poison Center', 'supports, 2026-01-27, sign in', 'supports'],
  ]);
  // On that day nobody had spoken of the substitute yet.
  expect((await rows(SUBSTITUTE)).map((row) => row[2])).toEqual(new Array(6).fill('none known'));

  await timeline(page).getByLabel('Stance on').fill('2026-02-06');
  await expect(table.getByRole('columnheader').last()).toHaveText('Stance on 2026-02-06');
  expect((await rows(SUBSTITUTE)).at(-1)).toEqual([
    'Washington Poison Center',
    'is neutral on, 2026-02-06, sign in',
    'neutral',
  ]);
});

test('a link keeps the day on which it was copied', async ({ page, context }) => {
  await openExample(page);
  await ask(page, '{ graph { nEntities } }');
  const day = await timeline(page).getByLabel('Stance on').inputValue();
  await expect.poll(async () => (await addressOf(page)).panelStates.timeline).toMatchObject({ on: day });

  const later = await context.newPage();
  await later.clock.setFixedTime(new Date('2100-03-01T12:00:00'));
  await later.goto(page.url());
  await expect(timeline(later).getByLabel('Stance on')).toHaveValue(day);
});

test('the keyboard reaches every mark, and opens it', async ({ page }) => {
  await openExample(page);
  const named = (name: string) => timeline(page).getByRole('button', { name });
  await named(`American Kratom Association opposes ${BILL}`).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(named(`Washington Poison Center supports ${BILL}`)).toBeFocused();
  await page.keyboard.press('Enter');
  const said = timeline(page).getByRole('region', { name: 'What was said' });
  await expect(said.getByRole('article')).toHaveCount(1);
  await expect(said).toContainText(`Washington Poison Center supports ${BILL}`);
  await page.keyboard.press('End');
  await expect(named(`Washington Poison Center is neutral on ${SUBSTITUTE}`)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(said).toHaveCount(0);
  await expect(timeline(page).locator('.timeline-mark[tabindex="0"]')).toHaveCount(1);
});

test('the law of the last answer is taken, and what is undated or inferred is shown as that', async ({ page }) => {
  await page.goto('./');
  await ask(page, '{ law(slug: "kratom-consumer-protection-act") { name } }');
  await openPanel(page, 'Timeline');
  const act = 'Kratom Consumer Protection Act';
  expect(await marksOn(page, act)).toEqual([
    `American Kratom Association supports ${act}, undated`,
    `American Kratom Association supports ${act}, 2019-12, press`,
    `Botanical Education Alliance supports ${act}, undated`,
  ]);
  const [undated, month] = await Promise.all(
    ['undated', '2019-12'].map((date) =>
      timeline(page)
        .getByRole('button', { name: `American Kratom Association supports ${act}, ${date}` })
        .boundingBox(),
    ),
  );
  expect((undated?.x ?? 0) + (undated?.width ?? 0)).toBeLessThan(month?.x ?? 0);
  await expect(timeline(page).locator('.timeline-mark .timeline-period')).toHaveCount(1);

  await ask(page, '{ law(slug: "outright-kratom-bans") { name } }');
  await expect(timeline(page).locator('.timeline-mark [data-own="false"]')).toHaveCount(1);
});

test('another law is picked by a part of its name', async ({ page }) => {
  await page.goto('./');
  await openPanel(page, 'Timeline');
  await timeline(page).getByRole('combobox', { name: 'Law' }).fill('SB 6196');
  await page.getByRole('option', { name: /SB 6196/ }).click();
  const law = 'SB 6196 (Washington, 2025-26): Kratom taxation';
  expect(await marksOn(page, law)).toHaveLength(4);
});

test('Enter picks nothing while what was typed is still looked up', async ({ page }) => {
  let deliver = () => {};
  const later = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('"query":"SB 6196"')) {
      await later;
    }
    await route.continue();
  });
  await openUnasked(page);
  await openPanel(page, 'Timeline');
  const law = timeline(page).getByRole('combobox', { name: 'Law' });
  await law.fill('SB 5941');
  await expect(page.getByRole('option').first()).toHaveText(/^SB 5941/);
  await law.fill('SB 6196');
  await law.press('Enter');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect(law).toHaveValue('SB 6196');
  deliver();
  await expect(page.getByRole('option').first()).toHaveText(/^SB 6196/);
  await law.press('Enter');
  await expect(law).toHaveValue('SB 6196 (Washington, 2025-26): Kratom taxation');
});

test('is accessible, as a picture and as a table', async ({ page }) => {
  await openExample(page);
  await timeline(page)
    .getByRole('button', { name: /^Washington Food Industry Association supports/ })
    .click();
  await expect(timeline(page).getByRole('region', { name: 'What was said' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, '.graphiql-plugin');
  }
  await timeline(page).getByRole('button', { name: 'Show as table' }).click();
  await expect(timeline(page).getByRole('button', { name: 'Show as picture' })).toBeVisible();
  await expectAccessible(page, '.graphiql-plugin');
});
