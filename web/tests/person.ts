import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

/**
 * Tests that use the page as a person would. Each fails by itself when the page sends a request to another server, when
 * an error goes to the console (which is where Chromium reports violations of the content security policy), or when one
 * is not caught.
 */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ context, baseURL }, use) => {
      const faults: string[] = [];
      const { origin } = new URL(baseURL ?? '');
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) {
          faults.push(`request to another server: ${url}`);
        }
      });
      context.on('console', (message) => {
        if (message.type() === 'error') {
          faults.push(`console error: ${message.text()} (${message.location().url})`);
        }
      });
      context.on('weberror', (error) => faults.push(`uncaught error: ${error.error().stack ?? error.error()}`));
      await use(faults);
      expect(faults, 'requests to other servers, and errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the page as somebody who was here before and left with nothing asked: no first question is asked by itself. */
export async function openUnasked(page: Page) {
  await page.addInitScript(() => {
    const tab = { id: 'empty', title: '<untitled>', query: null, variables: null, headers: null };
    const tabs = { activeTabIndex: 0, tabs: [{ ...tab, operationName: null, response: null }] };
    localStorage['grounds:graphiql:tabState'] ??= JSON.stringify(tabs);
  });
  await page.goto('./');
}

/** What the address keeps of the page, which it does a moment after something was asked. */
export async function addressOf(page: Page): Promise<{ panel: string; panelStates: Record<string, unknown> }> {
  await expect(page).toHaveURL(/#ask=/);
  return page.evaluate(async () => {
    const packed = atob(location.hash.slice('#ask='.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).json();
  });
}

/** Opens or closes a panel by its button. */
export async function openPanel(page: Page, title: string) {
  await page.getByRole('button', { name: `Show ${title}`, exact: true }).click();
  await expect(panel(page, title)).toBeVisible();
}

export function panel(page: Page, title: string) {
  return page.getByRole('region', { name: title, exact: true });
}

/** Puts a query into the editor of the current tab. */
export async function write(page: Page, query: string) {
  const editor = page.getByRole('region', { name: 'Operation Editor' }).locator('.graphiql-editor').first();
  // The places of the editors are there before them, and nothing is asked before both are.
  await expect(editor.locator('.view-lines')).toBeVisible();
  await expect(page.locator('.graphiql-response .view-lines').first()).toBeVisible();
  await editor.click();
  await expect(editor.locator('textarea:focus')).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  // As a paste: typing would let the editor close brackets by itself.
  await page.keyboard.insertText(query);
}

/**
 * Puts a query into the editor of the current tab, and runs it.
 *
 * Until it is answered the page is as it was: panels, and the buttons in them, are those of the answer before. Wait for
 * what only the new answer has before anything is clicked, or read once.
 */
export async function ask(page: Page, query: string) {
  await write(page, query);
  await page.keyboard.press('ControlOrMeta+Enter');
}

/**
 * What GraphiQL does and its users cannot mend: a tab of its holds a button that selects it and one that closes it, and
 * both can be reached and have names.
 */
const UPSTREAM = [{ rule: 'nested-interactive', marker: 'class="graphiql-tab' }];

/** Finds nothing that axe-core calls serious or critical, in these elements only when they are given. */
export async function expectAccessible(page: Page, ...within: string[]) {
  const builder = new AxeBuilder({ page });
  for (const selector of within) {
    builder.include(selector);
  }
  const { violations } = await builder.analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })))
    .filter(({ id, html }) => !UPSTREAM.some(({ rule, marker }) => rule === id && html.includes(marker)));
  expect(grave.map(({ id, html, failureSummary }) => `${id}: ${html}\n${failureSummary}`)).toEqual([]);
}
