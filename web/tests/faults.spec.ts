import { ask, expect, openPanel, openUnasked, panel, test } from './person';

test('a panel that cannot be loaded leaves the page as it is, and says so', async ({ page, faults }) => {
  await page.route('**/assets/matrix-*.js', (route) => route.abort());
  await openUnasked(page);
  await page.getByRole('button', { name: 'Show Matrix' }).click();
  await expect(page.getByRole('alert').getByText('This panel could not be shown.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  expect(faults.splice(0).join('\n')).toContain('matrix-');

  await ask(page, '{ organizations(first: 1) { totalCount } }');
  await expect(page.locator('.graphiql-response')).toContainText('"totalCount": 46');
  await openPanel(page, 'Timeline');
  await expect(panel(page, 'Timeline').getByRole('heading', { name: 'Timeline' })).toBeVisible();
});

test('a link that tells nonsense of the panels opens them as they are at first', async ({ page }) => {
  const states = {
    matrix: { organizations: 5 },
    Questions: { open: null, entries: null, search: null },
    timeline: { law: { id: 7 } },
    table: [],
    picture: { additions: 'many' },
  };
  const link = {
    query: '{ graph { nEntities } }',
    variables: '',
    operationName: null,
    panel: 'Matrix',
    panelStates: states,
  };
  await openUnasked(page);
  const hash = await page.evaluate(async (text) => {
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
    return btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '');
  }, JSON.stringify(link));
  await page.goto(`./#ask=${hash}`);
  await page.reload();
  await expect(page.locator('.graphiql-response')).toContainText('"nEntities": 548');
  await expect(panel(page, 'Matrix').getByLabel('Add an organization')).toBeVisible();
  for (const title of ['Questions', 'Timeline', 'Table', 'Picture']) {
    await openPanel(page, title);
  }
});

test('a browser that keeps nothing shows the page all the same', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  await page.goto('./');
  await expect(page.locator('.graphiql-response')).toContainText('"name": "American Kratom Association"');
});
