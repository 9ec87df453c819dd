import { ask, expect, openPanel, panel, test } from './person';

test('a first visit asks a question, and shows its picture and its answer', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Grounds', level: 1 })).toBeVisible();
  await expect(page.getByText('Who stands where on a law, and on what grounds?')).toBeVisible();
  await expect(panel(page, 'Picture')).toContainText('Picture of 8 entities and 11 statements');
  await expect(page.getByRole('tab').locator('.graphiql-tab-button')).toHaveText('WhoIsForItOnTheDay');
  const result = page.getByRole('region', { name: 'Result Window' });
  await expect(result).toContainText('"name": "SB 6287 (Washington, 2025-26): Kratom products"');
  await expect(result).toContainText('"stance": "OPPOSE"');
});

test('the line that says what this is leads on to more questions, and goes for good', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'More questions' }).click();
  await expect(panel(page, 'Questions')).toBeVisible();

  const line = page.getByText('Who stands where on a law, and on what grounds?');
  await page.getByRole('button', { name: 'Dismiss this introduction' }).click();
  await expect(line).toHaveCount(0);
  await page.reload();
  await expect(panel(page, 'Questions')).toBeVisible();
  await expect(line).toHaveCount(0);
});

test('before any script the page says what it is', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Grounds' })).toBeVisible();
  await expect(page.getByText('Who stands where on a law, and on what grounds?')).toBeVisible();
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.locator('noscript p')).toContainText('GraphiQL needs JavaScript.');
  await expect(page.locator('.skeleton'), 'nothing pretends to be loading').toBeHidden();
  await context.close();
});

test('who comes again finds the tabs and the panel as they were', async ({ page, context }) => {
  await page.goto('./');
  await expect(page.getByRole('region', { name: 'Result Window' })).toContainText('"stances"');
  await ask(page, 'query Mine { graph { nEntities } }');
  await expect(page.getByRole('region', { name: 'Result Window' })).toContainText('"nEntities": 548');
  await openPanel(page, 'Table');
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('grounds:graphiql:tabState')))
    .toContain('nEntities');
  await page.close();

  const asked: string[] = [];
  const again = await context.newPage();
  again.on('request', (request) => asked.push(request.postData() ?? ''));
  await again.goto('./');
  await expect(again.getByRole('region', { name: 'Operation Editor' })).toContainText('query Mine');
  await expect(again.getByRole('tab').locator('.graphiql-tab-button')).toHaveText('Mine');
  await expect(panel(again, 'Table')).toBeVisible();
  await expect.poll(() => asked.some((body) => body.includes('IntrospectionQuery'))).toBe(true);
  // The address follows a moment after what is asked by itself, and only when the editors are there.
  await expect(again).toHaveURL(/#ask=/);
  expect(asked.filter((body) => body.includes('query Mine'))).toEqual([]);
});

/** Of scripts, styles and fonts, as they are sent. Some 2 seconds of a line of 10 Mbit/s have room for twice as much. */
const BYTES_MAX = 1_250_000;

test('the page is small until the editor can be used, and a panel’s code waits for its panel', async ({ page }) => {
  // A visitor who left with no panel open.
  await page.goto('./');
  await expect(panel(page, 'Picture')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Result Window' })).toContainText('"stances"');
  await page.getByRole('button', { name: 'Hide Picture' }).click();
  await expect(panel(page, 'Picture')).toHaveCount(0);
  // Who comes again is known by the tabs, which GraphiQL puts into the storage a moment later.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('grounds:graphiql:tabState')))
    .toContain('WhoIsForItOnTheDay');
  await page.evaluate(() => {
    history.replaceState(null, '', './');
    localStorage.setItem('grounds:graphiql:visiblePlugin', '');
  });

  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  const files = new Map<string, { name: string; nBytes: number }>();
  let isCompressed = true;
  network.on('Network.responseReceived', ({ requestId, response }) => {
    const name = new URL(response.url).pathname;
    if (name === '/' || name.startsWith('/assets/')) {
      files.set(requestId, { name, nBytes: 0 });
      isCompressed &&= !name.endsWith('.js') || 'content-encoding' in response.headers;
    }
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) {
      file.nBytes = encodedDataLength;
    }
  });
  await page.goto('./');
  await expect(page.getByRole('region', { name: 'Operation Editor' })).toContainText('query WhoIsForItOnTheDay');
  const sent = [...files.values()];
  const names = sent.map(({ name }) => name).join(' ');
  expect(names, 'the listener hears').toContain('/assets/monaco-editor-');
  for (const late of ['picture', 'questions', 'table', 'footnotes', 'timeline', 'matrix', 'babel', 'standalone']) {
    expect(names).not.toContain(`/assets/${late}`);
  }
  // They are called so, and come with their panels.
  for (const title of ['Picture', 'Questions', 'Table', 'Footnotes', 'Timeline', 'Matrix']) {
    await openPanel(page, title);
    const chunk = `/assets/${title.toLowerCase()}-`;
    await expect.poll(() => [...files.values()].map(({ name }) => name).join(' ')).toContain(chunk);
  }

  test.skip(!isCompressed, 'the server of the build tool sends files as they are: only ours sends them compressed');
  const nBytes = sent.reduce((sum, file) => sum + file.nBytes, 0);
  expect(nBytes).toBeGreaterThan(500_000);
  expect(nBytes, names).toBeLessThan(BYTES_MAX);
});
