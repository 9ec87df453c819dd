import type { Page } from '@playwright/test';

import { ask, expect, expectAccessible, openPanel, panel, test } from './person';

test('GraphiQL answers a question of one’s own', async ({ page }) => {
  await page.goto('./');
  await ask(page, '{ organizations(first: 1) { totalCount } }');
  await expect(page.locator('.graphiql-response')).toContainText('"totalCount": 46');
});

test('every panel opens', async ({ page }) => {
  await opened(page);
  await page.getByRole('button', { name: 'Hide Picture' }).click();
  for (const title of ['Questions', 'Picture', 'Footnotes', 'Table', 'Timeline', 'Matrix']) {
    await openPanel(page, title);
    await expect(panel(page, title).getByRole('heading', { name: title })).toBeVisible();
  }
});

const WIDTHS = [360, 799, 801, 1024, 1280, 1920, 3840];

for (const width of WIDTHS) {
  test(`at ${width} px everything is within reach, and nothing hangs over the side`, async ({ page }) => {
    await page.setViewportSize({ width, height: width < 800 ? 740 : 900 });
    await opened(page);
    const places = {
      panel: panel(page, 'Picture'),
      editor: page.getByRole('region', { name: 'Operation Editor' }).locator('.graphiql-editor'),
      answer: page.getByRole('region', { name: 'Result Window' }),
      run: page.getByRole('button', { name: /^Execute query/ }),
      link: page.getByRole('button', { name: 'Copy link' }),
      settings: page.getByRole('button', { name: 'Open settings dialog' }),
      docs: page.getByRole('button', { name: 'Show Documentation Explorer' }),
      variables: page.getByRole('button', { name: 'Variables', exact: true }),
      newTab: page.getByRole('button', { name: 'New tab' }),
    };
    for (const [name, place] of Object.entries(places)) {
      await place.scrollIntoViewIfNeeded();
      await expect(place, name).toBeInViewport();
      const box = await place.boundingBox();
      expect(box?.x, name).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(width);
      const isLarge = ['panel', 'editor', 'answer'].includes(name);
      expect(box?.width, `${name} is wide enough to be used`).toBeGreaterThanOrEqual(isLarge ? 200 : 24);
      expect(box?.height, `${name} is high enough to be used`).toBeGreaterThanOrEqual(isLarge ? 100 : 20);
    }
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overhang).toBeLessThanOrEqual(0);
  });
}

/** What the page may show, and the way there. */
const VIEWS: Readonly<Record<string, (page: Page, colorScheme: 'light' | 'dark') => Promise<void>>> = {
  'as it opens': async () => {},
  'with the documentation': async (page) => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await expect(page.getByText('Everything that can be asked.')).toBeVisible();
  },
  'with the history and the variables': async (page) => {
    await page.getByRole('button', { name: 'Show History' }).click();
    await expect(page.getByRole('button', { name: 'Hide History' })).toBeVisible();
    await page.getByRole('button', { name: 'Variables', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Variables', exact: true })).toBeVisible();
  },
  'with the settings': openSettings,
  'in the theme of one’s own choice': async (page, colorScheme) => {
    await openSettings(page);
    const other = colorScheme === 'light' ? 'Dark' : 'Light';
    await page.getByRole('button', { name: other, exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('body')).toHaveClass(new RegExp(`graphiql-${other.toLowerCase()}`));
  },
  'with the short keys': async (page) => {
    await page.getByRole('button', { name: 'Open short keys dialog' }).click();
    await expect(page.getByRole('dialog', { name: 'Short Keys' })).toBeVisible();
  },
};

async function openSettings(page: Page) {
  await page.getByRole('button', { name: 'Open settings dialog' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [view, show] of Object.entries(VIEWS)) {
    test(`nothing of the page is hard to read or nameless, ${view} (${colorScheme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await opened(page);
      await show(page, colorScheme);
      await expectAccessible(page);
    });
  }
}

test('the keyboard alone leads from the address bar to an answer and a panel', async ({ page }) => {
  await opened(page);
  await page.keyboard.press('Tab');
  const toEditor = page.getByRole('button', { name: 'Skip to the editor' });
  await expect(toEditor).toBeFocused();
  await expect(toEditor).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText('{ graph { nEntities } }');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('region', { name: 'Result Window' })).toContainText('"nEntities": 548');

  // Escape leaves the editor, in which Tab is a letter.
  await page.keyboard.press('Escape');
  const editor = page.getByRole('group', { name: /^Operation editor/ });
  await expect(editor).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Execute query/ })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(editor).toBeFocused();

  // A panel that the keyboard opens has the focus; closed, its button has it again.
  const button = page.getByRole('button', { name: 'Show Table' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Table panel' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Open settings dialog' })).toBeFocused();
  await page.getByRole('button', { name: 'Hide Table' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page, 'Table')).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('what is out of sight is out of the way of the keyboard', async ({ page }) => {
  await opened(page);
  await page.getByRole('button', { name: 'Show editor tools' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('region', { name: 'Result Window' })).toBeFocused();
});

/** With the first question answered and drawn, so that nothing moves any more. */
async function opened(page: Page) {
  await page.goto('./');
  await expect(panel(page, 'Picture')).toContainText('Picture of 8 entities and 11 statements');
  await expect(page.getByRole('region', { name: 'Result Window' })).toContainText('"stances"');
}
