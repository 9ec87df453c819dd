import type { Page } from '@playwright/test';

import { ask, expect, openPanel, panel, test, write } from './person';

const HOW_MANY = '{ organizations(first: 1) { totalCount } }';
const WITH_VARIABLE = 'query One($slug: String!) { law(slug: $slug) { name } }';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a copied link opens the same question, its variables, its panel and its answer', async ({ page, browser }) => {
  await page.goto('./');
  await answered(page);
  await setVariables(page, '{"slug": "wa-2025-26-sb-6287"}');
  await ask(page, WITH_VARIABLE);
  await expect(answer(page)).toContainText('"name": "SB 6287 (Washington, 2025-26): Kratom products"');
  await expect(tabs(page)).toHaveText(['One']);
  await openPanel(page, 'Footnotes');

  const link = await copyLink(page);
  const { hash } = new URL(link);
  expect(hash).toMatch(/^#ask=[\w-]+$/);
  await expect.poll(() => new URL(page.url()).hash, 'the address follows by itself').toBe(hash);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(answer(other)).toContainText('"name": "SB 6287 (Washington, 2025-26): Kratom products"');
  await expect(operation(other)).toContainText('query One($slug: String!)');
  await expect(variables(other)).toContainText('{"slug": "wa-2025-26-sb-6287"}');
  await expect(panel(other, 'Footnotes')).toBeVisible();
  expect(new URL(other.url()).hash).toBe(hash);
  await elsewhere.close();

  await page.reload();
  await expect(answer(page)).toContainText('"name": "SB 6287 (Washington, 2025-26): Kratom products"');
  await expect(panel(page, 'Footnotes')).toBeVisible();
  await expect(tabs(page)).toHaveText(['One']);
});

test('headers never go into a link', async ({ page }) => {
  await page.goto('./');
  await answered(page);
  const before = await copyLink(page);
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await page.getByRole('region', { name: 'Headers', exact: true }).locator('.graphiql-editor:not(.hidden)').click();
  await page.keyboard.insertText('{"authorization": "Bearer of a secret"}');
  await expect(page.getByText('"Bearer of a secret"')).toBeVisible();
  expect(await copyLink(page)).toBe(before);
});

test('a link keeps the visitor’s own tabs', async ({ page }) => {
  await page.goto('./');
  await answered(page);
  await ask(page, HOW_MANY);
  await expect(answer(page)).toContainText('"totalCount": 46');
  await expect(tabs(page)).toHaveText(['<untitled>']);
  const link = await copyLink(page);

  await page.getByRole('button', { name: 'New tab' }).click();
  await ask(page, 'query Mine { graph { nEntities } }');
  await expect(answer(page)).toContainText('"nEntities": 548');
  await expect(tabs(page)).toHaveText(['<untitled>', 'Mine']);

  // The one that holds its question already.
  await paste(page, link);
  await expect(answer(page)).toContainText('"totalCount": 46');
  await expect(tabs(page)).toHaveText(['<untitled>', 'Mine']);

  // None does.
  await ask(page, 'query Changed { graph { nStatements } }');
  await expect(answer(page)).toContainText('"nStatements": 1222');
  await paste(page, link);
  await expect(answer(page)).toContainText('"totalCount": 46');
  await expect(tabs(page)).toHaveText(['Changed', 'Mine', '<untitled>']);

  await page.goBack();
  await expect(answer(page)).toContainText('"nStatements": 1222');
});

test('a link that is pasted while the address is about to change is opened all the same', async ({ page }) => {
  await page.goto('./');
  await answered(page);
  await ask(page, HOW_MANY);
  await expect(answer(page)).toContainText('"totalCount": 46');
  await expect(tabs(page)).toHaveText(['<untitled>']);
  const link = await copyLink(page);
  await expect.poll(() => page.url(), 'the address has followed').toBe(link);
  // A browser that is busy tells of it only after the page has come to write the address.
  await page.evaluate(() => {
    let isHeld = false;
    const hold = (event: HashChangeEvent) => {
      if (!isHeld) {
        isHeld = true;
        event.stopImmediatePropagation();
        setTimeout(() => window.dispatchEvent(new HashChangeEvent('hashchange')), 1_500);
      }
    };
    window.addEventListener('hashchange', hold, { capture: true });
  });

  // The address is that of another question by now, and about to be that of a third.
  await ask(page, 'query Before { graph { nStatements } }');
  await expect(answer(page)).toContainText('"nStatements": 1222');
  await expect.poll(() => page.url(), 'the address has followed').not.toBe(link);
  await ask(page, 'query Mine { graph { nEntities } }');
  await expect(tabs(page)).toHaveText(['Mine']);
  await putIntoAddress(page, link);
  await expect(answer(page)).toContainText('"totalCount": 46');
  await expect(operation(page)).toContainText('organizations(first: 1)');
  await expect(tabs(page), 'what the reader had is in its tab').toHaveText(['Mine', '<untitled>']);
});

test('a link that is pasted while the page is loading is opened', async ({ page }) => {
  await page.goto('./');
  await answered(page);
  await ask(page, HOW_MANY);
  await expect(answer(page)).toContainText('"totalCount": 46');
  await expect(tabs(page)).toHaveText(['<untitled>']);
  const link = await copyLink(page);
  await ask(page, 'query Mine { graph { nEntities } }');
  await expect(answer(page)).toContainText('"nEntities": 548');
  await stored(page, 'Mine');
  await expect.poll(() => page.url(), 'the address has followed').not.toBe(link);

  let deliver = () => {};
  const later = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  // The page has read its address by then, and shows no editor yet.
  let isAskedFor = false;
  await page.route('**/assets/monaco-editor-*.js', async (route) => {
    isAskedFor = true;
    await later;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  await expect.poll(() => isAskedFor).toBe(true);
  await putIntoAddress(page, link);
  deliver();
  await expect(answer(page)).toContainText('"totalCount": 46');
  await expect(tabs(page)).toHaveText(['Mine', '<untitled>']);
});

test('a link opens in a tab of its own when the page is opened by it', async ({ page, context }) => {
  await page.goto('./');
  await answered(page);
  await ask(page, 'query Mine { graph { nEntities } }');
  await expect(answer(page)).toContainText('"nEntities": 548');
  await expect(tabs(page)).toHaveText(['Mine']);
  const mine = await copyLink(page);
  await ask(page, 'query Changed { graph { nStatements } }');
  await expect(answer(page)).toContainText('"nStatements": 1222');
  await stored(page, 'Changed');

  const second = await context.newPage();
  await second.goto(mine);
  await expect(answer(second)).toContainText('"nEntities": 548');
  await expect(tabs(second)).toHaveText(['Changed', 'Mine']);
});

test('a mutation in a link waits for the reader', async ({ page, browser }) => {
  const asked: string[] = [];
  await page.goto('./');
  await answered(page);
  await write(page, 'mutation Change { doSomething }');
  await expect(tabs(page)).toHaveText(['Change']);
  const link = await copyLink(page);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  other.on('request', (request) => asked.push(request.postData() ?? ''));
  await other.goto(link);
  await expect(operation(other)).toContainText('mutation Change { doSomething }');
  await expect.poll(() => asked.some((body) => body.includes('IntrospectionQuery'))).toBe(true);
  // What is asked by itself is asked as soon as the editors are there: before anything else can be.
  await expect(answer(other).locator('.view-lines')).toBeVisible();
  await other.getByRole('button', { name: 'New tab' }).click();
  await ask(other, '{ graph { nEntities } }');
  await expect(answer(other)).toContainText('"nEntities": 548');
  expect(asked.filter((body) => body.includes('doSomething'))).toEqual([]);
  await elsewhere.close();
});

test('a damaged link opens the page as without, and says so until it is dismissed', async ({ page }) => {
  await page.goto('./');
  await answered(page);
  const link = await copyLink(page);
  await page.goto('about:blank');
  await page.goto(link.slice(0, -9));
  const notice = page.getByText('The link is incomplete');
  await expect(notice).toBeVisible();
  await expect(operation(page)).toContainText('query WhoIsForItOnTheDay');
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect(notice).toHaveCount(0);
  await expect.poll(() => page.url(), 'the address is mended').toBe(link);

  await paste(page, `${link.split('#')[0]}#section-2`);
  await expect(notice).toBeVisible();
  await expect.poll(() => page.url()).toBe(link);
});

test('a link that other programs may cut says so', async ({ page }) => {
  await page.goto('./');
  await answered(page);
  // Numbers by chance do not pack well.
  let query = '{ graph { nEntities } } #';
  for (let n = 1; query.length < 18_000; n = (n * 48_271) % 2_147_483_647) {
    query += n % 10 === 0 ? `\n# ${n}` : ` ${n}`;
  }
  await page.evaluate((text) => navigator.clipboard.writeText(text), query);
  await operation(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(tabs(page)).toHaveText(['<untitled>']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(
    page.getByText(/Link copied\. It is [\d,]+ characters long: some programs cut such links\./),
  ).toBeVisible();
});

test('where the browser does not let the page copy, it shows the link', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.goto('./');
  await answered(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  const field = page.getByRole('textbox', { name: /does not let this page copy/ });
  await expect.poll(() => new URL(page.url()).hash).not.toBe('');
  await expect(field).toHaveValue(page.url());
  expect(await field.evaluate((input: HTMLInputElement) => input.selectionEnd)).toBe(page.url().length);
});

function answer(page: Page) {
  return page.getByRole('region', { name: 'Result Window' });
}

function operation(page: Page) {
  return page.getByRole('region', { name: 'Operation Editor' }).locator('.view-lines');
}

function variables(page: Page) {
  return page.getByRole('region', { name: 'Variables', exact: true }).locator('.view-lines').first();
}

function tabs(page: Page) {
  // Without the buttons that close them.
  return page.getByRole('tab').locator('.graphiql-tab-button');
}

/** The first visit's question was asked by itself. */
async function answered(page: Page) {
  await expect(answer(page)).toContainText('"stances"');
}

async function setVariables(page: Page, text: string) {
  await page.getByRole('button', { name: 'Variables', exact: true }).click();
  await variables(page).click();
  await page.keyboard.insertText(text);
}

async function copyLink(page: Page) {
  // The notice of an earlier copy, and what it copied, would be taken for this one's.
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name: 'Copy link' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).not.toBe('');
  await expect(page.getByText('Link copied.')).toBeVisible();
  return copied();
}

/** As into the address bar of the open page. */
async function paste(page: Page, link: string) {
  // It follows what is on the page a moment later; the same once more would be no news to it.
  await expect.poll(() => page.url()).not.toBe(link);
  await putIntoAddress(page, link);
}

async function putIntoAddress(page: Page, link: string) {
  await page.evaluate((href) => {
    location.href = href;
  }, link);
}

/** GraphiQL writes its tabs into the storage a moment later. */
async function stored(page: Page, operationName: string) {
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('grounds:graphiql:tabState')))
    .toContain(operationName);
}
