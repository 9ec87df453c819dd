import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { addressOf, ask, expect, expectAccessible, openPanel, openUnasked, panel, test } from './person';

/** Who stands where on a bill: four organizations and five statements. */
const STANCES =
  '{ law(slug: "wa-2025-26-sb-6287") { name stances { organization { name } stance why { statements { predicate } } } } }';
const BILL = 'SB 6287 (Washington, 2025-26): Kratom products';

/**
 * Pictures are compared in squares of so many pixels: the same thing is drawn now and then from a copy that was made of it,
 * which has thicker lines, and letters at another part of a pixel.
 */
const SHARPNESS_PX = 4;

/** Squares that may differ. A single entity elsewhere makes more, and so does a path that is not highlighted. */
const FEW = 30;

test('the last answer is drawn, and said in words', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  await expect(picture.getByRole('img')).toHaveAccessibleName(/^Picture of 5 entities and 5 statements\./);
  await expect(picture.getByRole('list', { name: 'Kinds of entity' }).getByRole('listitem')).toHaveText([
    'organization (4)',
    'law (1)',
  ]);
  await expect(picture.getByRole('list', { name: 'Kinds of arrow' }).getByRole('listitem')).toHaveText([
    'speaks for: supports',
    'speaks against (dashed, blunt): opposes',
    'expressly for neither side (dotted): neutral on',
  ]);
  await openList(picture);
  await expect(entities(picture)).toHaveText([
    `${BILL} law`,
    'Washington Food Industry Association organization',
    'American Kratom Association organization',
    'Washington Association for Substance misuse And Violence Prevention organization',
    'Washington Poison Center organization',
  ]);
  await expect(picture.getByRole('list', { name: `Statements with ${BILL}` }).getByRole('button')).toHaveText([
    'American Kratom Association opposes it',
    'Washington Association for Substance misuse And Violence Prevention neutral on it',
    'Washington Food Industry Association supports it',
    'Washington Food Industry Association opposes it',
    'Washington Poison Center supports it',
  ]);
});

test('what holds under a condition is drawn and listed with that', async ({ page }) => {
  const picture = await drawn(
    page,
    '{ law(slug: "restrictive-kratom-policies") { opponents { nodes { name } } } }',
    'Picture of 3 entities and 2 statements',
  );
  await openList(picture);
  const society = picture.getByRole('button', { name: 'Research Society of Canada opposes (conditionally) it' });
  await expect(society).toHaveAccessibleDescription('unless risks are first substantiated by evidence');
});

test('a click on an entity shows its card', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  const bill = await placeOf(picture, 'law');
  await page.mouse.move(bill.x, bill.y);
  await expect(picture.locator('.picture-tip')).toHaveText(BILL);
  await page.mouse.click(bill.x, bill.y);

  const card = picture.getByRole('article', { name: BILL });
  await expect(card).toContainText('law, 7 neighbors');
  await expect(card).toContainText(
    'Senate bill on kratom products, original version, heard by Labor & Commerce on 27 January 2026.',
  );
  await expect(card.getByRole('term')).toHaveText(['Also called', 'Bill number', 'URL', 'About']);
  await expect(card.getByRole('definition')).toHaveText([
    'SB 6287',
    'SB 6287',
    'https://app.leg.wa.gov/billsummary?BillNumber=6287&Year=2025&Initiative=false',
    'Regulation',
  ]);
  await expect(card.getByRole('heading', { name: 'Mentioned 6 times in documents' })).toBeVisible();

  // Beside everything, nothing is selected.
  const frame = await boxOf(picture.getByRole('img'));
  await page.mouse.click(frame.x + 5, frame.y + 5);
  await expect(card).toHaveCount(0);
});

test('a click on an arrow shows its statements, and who says so where', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  const from = await placeOf(picture, 'law');
  await openList(picture);
  // Brings the arrow into the middle of the picture, where it is clicked then.
  await picture.getByRole('button', { name: 'American Kratom Association opposes it' }).click();
  const card = picture.getByRole('article', { name: `American Kratom Association opposes ${BILL}` });
  await expect(card).toContainText('1 statement');
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await expect.poll(() => placeOf(picture, 'law'), 'the picture was moved').not.toEqual(from);
  await settled(picture);

  const middle = await middleOf(picture.getByRole('img'));
  await page.mouse.click(middle.x, middle.y);
  await expect(card.locator('.told')).toHaveCount(1);
  await expect(card.locator('.told')).toContainText('on 2026-01-27 · sign in');
  await expect(card.locator('.told-citations')).toContainText('(positions.csv), line');
});

test('a double click expands the neighbors in place; undo and redo', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  const before = await settled(picture);
  const bill = await placeOf(picture, 'law');
  await page.mouse.dblclick(bill.x, bill.y);
  await expect(status(picture)).toHaveText(`Neighbors of ${BILL}: 3 entities and 10 statements more.`);
  await expect(sum(picture)).toHaveText('Picture of 8 entities and 15 statements');

  await picture.getByRole('button', { name: 'Expand' }).click();
  await expect(status(picture)).toHaveText(`All neighbors of ${BILL} are in the picture, or hidden.`);

  await picture.getByRole('button', { name: 'Undo' }).click();
  await expect(sum(picture)).toHaveText('Picture of 5 entities and 5 statements');
  await expect(status(picture)).toHaveText('Undone.');
  await expect(picture.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect
    .poll(async () => difference(page, before, await settled(picture)), 'all is where it was')
    .toBeLessThan(FEW);

  await picture.getByRole('button', { name: 'Redo' }).click();
  await expect(sum(picture)).toHaveText('Picture of 8 entities and 15 statements');
  await expect(picture.getByRole('button', { name: 'Redo' })).toBeDisabled();
});

test('what the server leaves out is said, and can be asked for', async ({ page }) => {
  const picture = await drawn(page, '{ topic(slug: "regulation") { name } }', 'Picture of 1 entity and 0 statements');
  await openList(picture);
  await picture.getByRole('button', { name: 'Regulation topic' }).click();
  await picture.getByRole('button', { name: 'Expand' }).click();
  await expect(status(picture)).toHaveText(
    'Neighbors of Regulation: 60 entities and 113 statements more. 33 more are left out.',
  );
  await expect(sum(picture)).toHaveText('Picture of 61 entities and 113 statements');
  await picture.getByRole('button', { name: 'Expand further (33 left out)' }).click();
  await expect(status(picture)).toHaveText('Neighbors of Regulation: 33 entities and 39 statements more.');
  await expect(picture.getByRole('button', { name: 'Expand', exact: true })).toBeVisible();
});

test('paths between two entities are added, highlighted and put in words', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  await openList(picture);
  await picture.getByRole('button', { name: 'Washington Poison Center organization' }).click();
  await settled(picture);
  const bill = await placeOf(picture, 'law');
  await page.keyboard.down('Shift');
  await page.mouse.click(bill.x, bill.y);
  await page.keyboard.up('Shift');
  await expect(picture.getByRole('button', { pressed: true })).toHaveText([
    `${BILL} law`,
    'Washington Poison Center organization',
  ]);
  await expect(picture.getByRole('button', { name: 'Find paths from Washington Poison Center' })).toBeVisible();

  // With a second one that is chosen afterwards: for whoever has no shift key.
  await picture.getByRole('button', { name: 'Washington Poison Center organization' }).click();
  await picture.getByRole('button', { name: 'Find paths to …' }).click();
  await expect(status(picture)).toHaveText('Now select the entity to which paths from Washington Poison Center lead.');
  expect(await areaOf(picture, 'way')).toBe(0);
  await picture.getByRole('button', { name: 'American Kratom Association organization' }).click();
  await expect(status(picture)).toHaveText('3 paths found: 3 entities and 5 statements more.');

  const paths = picture.getByRole('region', { name: 'Paths' });
  await expect(paths.getByRole('heading')).toHaveText(
    'Paths from Washington Poison Center to American Kratom Association',
  );
  await expect(paths.getByRole('listitem')).toHaveText([
    `Washington Poison Center — supports → ${BILL} ← opposes — American Kratom Association` +
      '2 steps. The ends are connected, nothing more.',
    'Washington Poison Center — neutral on → SSB 6287 (Washington, 2025-26): Kratom products, substitute' +
      ' ← opposes — American Kratom Association2 steps. The ends are connected, nothing more.',
    'Washington Poison Center — neutral on → HB 2291 (Washington, 2025-26): Kratom — about → Regulation' +
      ' ← about — American Kratom Association3 steps. The ends have a subject or a place in common, nothing more.',
  ]);
  await settled(picture);
  await expect.poll(() => areaOf(picture, 'way')).toBeGreaterThan(1000);
  const all = await areaOf(picture, 'way');
  await paths.getByRole('listitem').first().getByRole('button').click();
  await expect.poll(() => areaOf(picture, 'way'), 'only the first path is highlighted').toBeLessThan(all * 0.7);
  await paths.getByRole('button', { name: 'Close paths' }).click();
  await expect.poll(() => areaOf(picture, 'way')).toBe(0);
});

test('who does not want paths any more, cancels', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  await openList(picture);
  await picture.getByRole('button', { name: 'Washington Poison Center organization' }).click();
  const card = picture.getByRole('article', { name: 'Washington Poison Center' });
  const asked = 'Now select the entity to which paths from Washington Poison Center lead.';
  const cancel = picture.getByRole('button', { name: 'Cancel' });

  await card.getByRole('button', { name: 'Find paths to …' }).click();
  await expect(status(picture)).toHaveText(asked);
  await cancel.click();
  await expect(status(picture)).toHaveText('No paths are looked for.');
  await expect(cancel).toHaveCount(0);
  await card.getByRole('button', { name: 'Find paths to …' }).click();
  await expect(status(picture)).toHaveText(asked);
  await page.keyboard.press('Escape');
  await expect(status(picture)).toHaveText('No paths are looked for.');
  await expect(cancel).toHaveCount(0);
  await expect(card, 'one step back, not two').toBeVisible();

  await picture.getByRole('button', { name: 'American Kratom Association organization' }).click();
  await expect(picture.getByRole('article', { name: 'American Kratom Association' })).toBeVisible();
  await expect(picture.getByRole('region', { name: 'Paths' })).toHaveCount(0);
});

test('where there is no path, the panel says so', async ({ page }) => {
  const picture = await drawn(
    page,
    `{ aka: organization(slug: "american-kratom-association") { name }
       committee: organization(slug: "washington-labor-and-commerce-committee") { name } }`,
    'Picture of 2 entities and 0 statements',
  );
  await openList(picture);
  await entities(picture).nth(0).click();
  await entities(picture)
    .nth(1)
    .click({ modifiers: ['Shift'] });
  await picture.getByRole('button', { name: /^Find paths from / }).click();
  await expect(picture.getByRole('region', { name: 'Paths' })).toContainText(
    'There is no path of at most six statements between them.',
  );
});

test('entities without statements: what links them can be asked for', async ({ page }) => {
  const picture = await drawn(
    page,
    '{ organizations(first: 3) { nodes { name } } }',
    'Picture of 3 entities and 0 statements',
  );
  await picture.getByRole('button', { name: 'Show what links them' }).click();
  await expect(status(picture)).toHaveText('What links them: 3 entities and 5 statements more.');
  await expect(sum(picture)).toHaveText('Picture of 6 entities and 5 statements');
  await expect(picture.getByRole('button', { name: 'Show what links them' })).toHaveCount(0);
  // And among the entities that came with it.
  await picture.getByRole('button', { name: 'Show links' }).click();
  await expect(status(picture)).toHaveText('What links them: 0 entities and 2 statements more.');
  await picture.getByRole('button', { name: 'Show links' }).click();
  await expect(status(picture)).toHaveText('What links them is in the picture already.');
});

test('an answer without entities says what would make a picture, and offers one', async ({ page }) => {
  const picture = await opened(page);
  await ask(page, '{ graph { nEntities } }');
  await expect(picture).toContainText('This answer tells of no entities.');
  await picture.getByRole('button', { name: 'Ask who is for and against some laws' }).click();
  await expect(sum(picture)).toHaveText('Picture of 9 entities and 8 statements');
  await expect(picture.getByRole('list', { name: 'Kinds of entity' })).toContainText('law (3)');
});

test('entities and kinds are hidden and shown again', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  await openList(picture);
  await picture.getByRole('button', { name: 'Washington Food Industry Association organization' }).click();
  await picture.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(status(picture)).toHaveText('Hidden: Washington Food Industry Association.');
  await expect(sum(picture)).toHaveText('Picture of 4 entities and 3 statements');

  await picture.getByRole('checkbox', { name: 'law (1)' }).uncheck();
  await expect(sum(picture)).toHaveText('Picture of 3 entities and 0 statements');
  await expect.poll(() => areaOf(picture, 'law')).toBe(0);
  await picture.getByRole('button', { name: 'Arrange' }).click();
  await picture.getByRole('button', { name: 'Show hidden' }).click();
  await expect(sum(picture)).toHaveText('Picture of 5 entities and 5 statements');
  await expect.poll(() => areaOf(picture, 'law'), 'it has a place again').toBeGreaterThan(100);
});

test('a dragged entity is pinned: a layout goes around it, and the link keeps it', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  const bill = await placeOf(picture, 'law');
  const frame = await boxOf(picture.getByRole('img'));
  const corner = { x: frame.x + 60, y: frame.y + 40 };
  await page.mouse.move(bill.x, bill.y);
  await page.mouse.down();
  await page.mouse.move(corner.x, corner.y, { steps: 8 });
  await page.mouse.up();
  await expect(status(picture)).toHaveText(`Pinned: ${BILL}.`);
  await expect.poll(async () => distance(await placeOf(picture, 'law'), corner)).toBeLessThan(6);

  await page.mouse.click(corner.x, corner.y);
  await picture.getByRole('button', { name: 'Unpin' }).click();
  await expect(status(picture)).toHaveText(`No longer pinned: ${BILL}.`);
  await expect.poll(async () => distance(await placeOf(picture, 'law'), bill)).toBeLessThan(3);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => distance(await placeOf(picture, 'law'), corner)).toBeLessThan(3);
  await page.keyboard.press('Escape');

  await picture.getByRole('combobox', { name: 'Layout' }).selectOption('In circles');
  await expect(picture.getByRole('button', { name: 'Undo' })).toBeEnabled();
  await settled(picture);
  await picture.getByRole('button', { name: 'Fit' }).click();
  const unmarked = await settled(picture);

  await expect(page).toHaveURL(/#ask=/);
  // The address follows what is on the page after a moment.
  await expect
    .poll(async () => (await addressOf(page)).panelStates.picture)
    .toMatchObject({ layout: 'concentric', pins: { 'law/wa-2025-26-sb-6287': {} } });
  await page.reload();
  await expect(sum(picture)).toHaveText('Picture of 5 entities and 5 statements');
  await expect(picture.getByRole('combobox', { name: 'Layout' })).toHaveValue('concentric');
  expect(await difference(page, unmarked, await settled(picture)), 'squares that are not as they were').toBeLessThan(
    FEW,
  );
});

test('a link brings back expansions and paths', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  const bill = await placeOf(picture, 'law');
  await page.mouse.dblclick(bill.x, bill.y);
  await expect(sum(picture)).toHaveText('Picture of 8 entities and 15 statements');
  await openList(picture);
  await picture.getByRole('button', { name: 'Washington Poison Center organization' }).click();
  await picture
    .getByRole('button', { name: 'American Kratom Association organization' })
    .click({ modifiers: ['Shift'] });
  await picture.getByRole('button', { name: 'Find paths from Washington Poison Center' }).click();
  await expect(sum(picture)).toHaveText('Picture of 9 entities and 17 statements');
  await page.keyboard.press('Escape');
  await picture.getByText(/^Entities in the picture/).click();
  await settled(picture);
  await picture.getByRole('button', { name: 'Fit' }).click();
  const before = await settled(picture);
  await expect
    .poll(async () => (await addressOf(page)).panelStates.picture)
    .toMatchObject({ additions: [{ type: 'neighbors' }, { type: 'paths' }] });

  await page.reload();
  await expect(sum(picture)).toHaveText('Picture of 9 entities and 17 statements');
  await expect(picture.getByRole('region', { name: 'Paths' }).getByRole('listitem')).toHaveCount(3);
  expect(await difference(page, before, await settled(picture)), 'squares that are not as they were').toBeLessThan(FEW);
});

test('another answer begins anew', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  const bill = await placeOf(picture, 'law');
  await page.mouse.dblclick(bill.x, bill.y);
  await expect(sum(picture)).toHaveText('Picture of 8 entities and 15 statements');
  await ask(page, '{ law(slug: "wa-2025-26-hb-2291") { name opponents { nodes { name } } } }');
  await expect(sum(picture)).toHaveText('Picture of 3 entities and 2 statements');
  await expect(picture.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('the keyboard alone does it all', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  await picture.getByText(/^Entities in the picture/).focus();
  await page.keyboard.press('Enter');
  await expect(entities(picture)).toHaveCount(5);
  await page.keyboard.press('Tab');
  await expect(entities(picture).nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(picture.getByRole('button', { name: 'American Kratom Association opposes it' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  const center = picture.getByRole('button', { name: 'Washington Poison Center organization' });
  await expect(center).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(center).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('+');
  await expect(status(picture)).toHaveText('Neighbors of Washington Poison Center: 2 entities and 3 statements more.');
  await expect(center).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(sum(picture)).toHaveText('Picture of 6 entities and 5 statements');
  await expect(entities(picture).and(page.locator(':focus'))).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(sum(picture)).toHaveText('Picture of 5 entities and 5 statements');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(sum(picture)).toHaveText('Picture of 7 entities and 8 statements');
});

test('the picture is saved as PNG, SVG and GraphML', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  await picture.getByText('Save as').click();
  const saved = async (format: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      picture.getByRole('button', { name: format, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`picture.${format.toLowerCase()}`);
    return readFile(await download.path());
  };
  expect((await saved('PNG')).subarray(1, 4).toString()).toBe('PNG');
  expect((await saved('SVG')).toString()).toContain('Washington Poison');
  const graphml = (await saved('GraphML')).toString();
  expect(graphml.match(/<node /g)).toHaveLength(5);
  expect(graphml.match(/<edge /g)).toHaveLength(5);
});

test('zooming, fitting, and the width of the page', async ({ page }) => {
  const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
  const fitted = await areaOf(picture, 'law');
  await picture.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => areaOf(picture, 'law')).toBeGreaterThan(fitted * 1.5);
  await picture.getByRole('button', { name: 'Zoom out' }).click();
  await picture.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(() => areaOf(picture, 'law')).toBeLessThan(fitted * 0.7);
  await picture.getByRole('button', { name: 'Fit' }).click();
  await expect.poll(async () => Math.abs((await areaOf(picture, 'law')) / fitted - 1)).toBeLessThan(0.02);

  const wide = picture.getByRole('button', { name: 'Wide' });
  await wide.click();
  await expect(wide).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(async () => (await boxOf(picture)).width).toBeGreaterThan(1100);
  await expect(page.getByRole('region', { name: 'Operation Editor' })).toBeHidden();
  await settled(picture);
  const bill = await placeOf(picture, 'law');
  const frame = await boxOf(picture.getByRole('img'));
  expect(bill.x).toBeGreaterThan(frame.x + frame.width / 4);
  // It stays from panel to panel, and ends with them.
  await openPanel(page, 'Footnotes');
  await expect(page.getByRole('region', { name: 'Operation Editor' })).toBeHidden();
  await page.getByRole('button', { name: 'Hide Footnotes' }).click();
  await expect(page.getByRole('region', { name: 'Operation Editor' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in it is hard to read or nameless (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const picture = await drawn(page, STANCES, 'Picture of 5 entities and 5 statements');
    await openList(picture);
    await picture.getByText('Save as').click();
    await picture.getByRole('button', { name: 'American Kratom Association opposes it' }).click();
    await expect(picture.locator('.told')).toHaveCount(1);
    await expectAccessible(page);
    await picture.getByRole('button', { name: 'Washington Poison Center organization' }).click();
    await expect(picture.getByRole('article', { name: 'Washington Poison Center' })).toContainText('3 neighbors');
    await picture.getByRole('button', { name: 'Find paths to …' }).click();
    await picture.getByRole('button', { name: 'American Kratom Association organization' }).click();
    await expect(picture.getByRole('region', { name: 'Paths' }).getByRole('listitem')).toHaveCount(3);
    await expectAccessible(page);
  });
}

test('hundreds of entities are drawn', async ({ page }) => {
  const picture = await drawn(
    page,
    '{ neighborhood(of: ["topic/safety"], depth: 3, limit: 2000) { entities { name } statements { predicate } } }',
    'Picture of 381 entities and 803 statements',
  );
  await expect.poll(() => areaOf(picture, 'claim')).toBeGreaterThan(500);
  await openList(picture);
  await picture.getByRole('searchbox', { name: 'Find' }).fill('analgesic');
  await expect(entities(picture).first()).toContainText(/analgesic/i);
  await entities(picture).first().click();
  await settled(picture);
  const middle = await middleOf(picture.getByRole('img'));
  await page.keyboard.press('Escape');
  await expect(picture.getByRole('article')).toHaveCount(0);
  await page.mouse.click(middle.x, middle.y);
  await expect(picture.getByRole('article')).toContainText(/analgesic/i);
});

/** The panel, before anything was asked. */
async function opened(page: Page): Promise<Locator> {
  await openUnasked(page);
  await openPanel(page, 'Picture');
  const picture = panel(page, 'Picture');
  await expect(picture).toContainText('Here the answer to your question is drawn.');
  return picture;
}

/** The panel, once the answer to the question is drawn and stands still. */
async function drawn(page: Page, query: string, said: string): Promise<Locator> {
  const picture = await opened(page);
  await ask(page, query);
  await expect(sum(picture)).toHaveText(said);
  await settled(picture);
  return picture;
}

function sum(picture: Locator): Locator {
  return picture.locator('.picture-sum');
}

function status(picture: Locator): Locator {
  return picture.getByRole('status').first();
}

function entities(picture: Locator): Locator {
  return picture.locator('.picture-entity');
}

async function openList(picture: Locator) {
  await picture.getByText(/^Entities in the picture/).click();
  await expect(entities(picture).first()).toBeVisible();
}

/** What is to be seen of the picture, as soon as it does not change any more. */
async function settled(picture: Locator): Promise<string> {
  const image = picture.getByRole('img');
  let last = '';
  await expect(status(picture), 'nothing is laid out or asked for').not.toHaveText(/…$/);
  await expect
    .poll(
      async () => {
        const before = last;
        // Whatever moves the picture does so at a time of the page, which is not that of a busy machine: all that was to
        // happen within half a second has happened.
        await image.evaluate(
          () =>
            new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => requestIdleCallback(resolve)), 500)),
        );
        last = (await image.screenshot({ style: '.picture-view { display: none }' })).toString('base64');
        return last === before;
      },
      { intervals: [0] },
    )
    .toBe(true);
  return last;
}

/** In how many squares two pictures differ so much that one sees it. */
async function difference(page: Page, before: string, after: string): Promise<number> {
  return page.evaluate(
    async ({ images, scale }) => {
      const [a, b] = await Promise.all(
        images.map(async (data) => {
          const image = new Image();
          image.src = `data:image/png;base64,${data}`;
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [Math.round(image.width / scale), Math.round(image.height / scale)];
          const context = canvas.getContext('2d');
          if (context) {
            context.imageSmoothingQuality = 'high';
          }
          context?.drawImage(image, 0, 0, canvas.width, canvas.height);
          return context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        }),
      );
      if (!a || !b || a.length !== b.length) {
        return Number.POSITIVE_INFINITY;
      }
      let n = 0;
      for (let i = 0; i < a.length; i += 4) {
        const isOther = [0, 1, 2].some((j) => Math.abs((a[i + j] ?? 0) - (b[i + j] ?? 0)) > 64);
        n += isOther ? 1 : 0;
      }
      return n;
    },
    { images: [before, after], scale: SHARPNESS_PX },
  );
}

/** Where in the page the things of one colour are to be seen, in the middle: all of a kind of entity. */
async function placeOf(picture: Locator, kind: string): Promise<{ x: number; y: number }> {
  const { x, y, area } = await pixels(picture, kind);
  expect(area, `there is a ${kind} in the picture`).toBeGreaterThan(0);
  const box = await boxOf(picture.getByRole('img'));
  return { x: Math.round(box.x + x), y: Math.round(box.y + y) };
}

/** How many pixels have the colour of a kind of entity, or of a path. */
async function areaOf(picture: Locator, kind: string): Promise<number> {
  return (await pixels(picture, kind)).area;
}

/** Looks at the drawing, as a person would: there is nothing else to tell where something is. */
async function pixels(picture: Locator, kind: string): Promise<{ x: number; y: number; area: number }> {
  return picture.getByRole('img').evaluate((image, token) => {
    const probe = document.createElement('canvas').getContext('2d');
    const wanted = getComputedStyle(document.body).getPropertyValue(`--picture-${token}`);
    const colorOf = (color: string) => {
      if (!probe) {
        throw new Error('no canvas');
      }
      probe.fillStyle = color;
      probe.fillRect(0, 0, 1, 1);
      return probe.getImageData(0, 0, 1, 1).data;
    };
    const [r = 0, g = 0, b = 0] = colorOf(wanted);
    let [x, y, area] = [0, 0, 0];
    for (const canvas of image.querySelectorAll('canvas')) {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const scale = canvas.width / canvas.clientWidth;
      for (let i = 0; i < data.length; i += 4) {
        const isWanted =
          Math.abs((data[i] ?? 0) - r) < 3 &&
          Math.abs((data[i + 1] ?? 0) - g) < 3 &&
          Math.abs((data[i + 2] ?? 0) - b) < 3;
        if (isWanted && (data[i + 3] ?? 0) > 100) {
          x += ((i / 4) % canvas.width) / scale;
          y += Math.floor(i / 4 / canvas.width) / scale;
          area++;
        }
      }
    }
    return { x: x / area, y: y / area, area };
  }, kind);
}

async function boxOf(locator: Locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) {
    throw new Error('it is not to be seen');
  }
  return box;
}

async function middleOf(locator: Locator) {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
