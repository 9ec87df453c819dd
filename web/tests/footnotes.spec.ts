import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

import { ask, expect, expectAccessible, openPanel, panel, test } from './person';

const SUPPORTERS = '{ law(slug: "kratom-consumer-protection-act") { name supporters { nodes { name } } } }';
const BLOG = 'Blog article on kratom advocacy groups in Canada and the United States in 2025';
const AKA_SUPPORTS = 'American Kratom Association supports Kratom Consumer Protection Act';

/** The panel, and the question is asked in it: until the answer comes, it tells of the page's own first question. */
async function footnotesOf(page: Page, query: string) {
  await page.goto('./');
  // The page's own first question is answered before one of ours is asked.
  await expect(page.locator('.graphiql-response')).toContainText('"data"');
  await openPanel(page, 'Footnotes');
  const footnotes = panel(page, 'Footnotes');
  await ask(page, query);
  return footnotes;
}

async function saved(page: Page, format: string): Promise<{ name: string; text: string }> {
  const footnotes = panel(page, 'Footnotes');
  await footnotes.getByLabel('Format').selectOption(format);
  const coming = page.waitForEvent('download');
  await footnotes.getByRole('button', { name: 'Download' }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('the sources of an answer are numbered document by document', async ({ page }) => {
  const footnotes = await footnotesOf(page, SUPPORTERS);
  await expect(footnotes.getByText('6 footnotes in 2 documents')).toBeVisible();
  await expect(footnotes.getByRole('heading', { level: 3 })).toHaveText([
    BLOG,
    'List of studies, laws and announcements on kratom with an excerpt of each (kratom-seeds.csv)',
  ]);
  const notes = footnotes.getByRole('region', { name: BLOG }).locator('.footnotes-note');
  await expect(notes.locator('.footnotes-number')).toHaveText(['1.', '2.', '3.', '4.', '5.']);
  await expect(notes.locator('.footnotes-place')).toHaveText(['line 18', 'line 19', 'line 30', 'line 40', 'line 49']);
  await expect(notes.nth(1).getByRole('listitem')).toHaveText([`${AKA_SUPPORTS} (mentions it)`]);
  await expect(notes.nth(3).getByRole('listitem')).toHaveText([
    AKA_SUPPORTS,
    'Botanical Education Alliance supports Kratom Consumer Protection Act',
  ]);
  await expectAccessible(page, '.panel');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, '.panel');
});

test('what holds under a condition, or of a part, is told with that', async ({ page }) => {
  const footnotes = await footnotesOf(
    page,
    `{ a: law(slug: "restrictive-kratom-policies") { opponents { nodes { name } } }
       b: organization(slug: "the-kratom-coalition") { statements(predicates: SUPPORTS) { nodes { id } } } }`,
  );
  await expect(
    footnotes.getByText(
      'Natural Health Products Research Society of Canada opposes Restrictive kratom policies' +
        ' (unless risks are first substantiated by evidence)',
    ),
  ).toBeVisible();
  for (const aspect of ['Safety', 'Pharmacology', 'Therapeutic use']) {
    await expect(footnotes.getByText(`The Kratom Coalition supports Research (as to ${aspect})`).first()).toBeVisible();
  }
});

test('mentions and events are cited too, with links to their documents', async ({ page }) => {
  const footnotes = await footnotesOf(
    page,
    '{ law(slug: "wa-2025-26-sb-6287") { events { kind citations { quote } } mentions(first: 1) { nodes { quote } } } }',
  );
  await expect(footnotes.getByText(/: introduced$/).first()).toBeVisible();
  const link = footnotes.getByRole('link', { name: 'https://github.com/tannewt/wa-law.org' }).first();
  await expect(link).toHaveAttribute('rel', 'noreferrer');
  await expect(link).toHaveAttribute('target', '_blank');
});

test('footnotes are copied as Markdown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const footnotes = await footnotesOf(page, SUPPORTERS);
  await expect(footnotes.getByText('6 footnotes in 2 documents')).toBeVisible();
  await footnotes.getByRole('button', { name: 'Copy' }).click();
  await expect(footnotes.getByText('Copied 6 footnotes as Markdown')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(`**${BLOG}**\n\n1. line 18: ${AKA_SUPPORTS}\n2. line 19: ${AKA_SUPPORTS} (mentions it)\n`);
});

test('footnotes are saved as CSL-JSON and as BibTeX', async ({ page }) => {
  const footnotes = await footnotesOf(page, SUPPORTERS);
  await expect(footnotes.getByText('6 footnotes in 2 documents')).toBeVisible();
  const csl = await saved(page, 'CSL-JSON');
  expect(csl.name).toBe('footnotes.json');
  const items = JSON.parse(csl.text);
  expect(items).toHaveLength(2);
  expect(items[0]).toEqual({
    id: 'advocacy-groups-2025',
    type: 'document',
    title: BLOG,
    note: 'Cited: [1] line 18; [2] line 19; [3] line 30; [4] line 40; [5] line 49',
  });

  const bibtex = await saved(page, 'BibTeX');
  expect(bibtex.name).toBe('footnotes.bib');
  expect(bibtex.text.match(/^@misc\{.*,$/gm)).toEqual(['@misc{advocacy-groups-2025,', '@misc{kratom-seeds,']);
  expect(bibtex.text).toContain('\tnote = {Cited: [1] line 18; [2] line 19; [3] line 30; [4] line 40; [5] line 49},');
  await expect(footnotes.getByText('Saved 6 footnotes as BibTeX')).toBeVisible();
});

test('where the browser refuses to copy, the text is there to copy by hand', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  const footnotes = await footnotesOf(page, SUPPORTERS);
  await expect(footnotes.getByText('6 footnotes in 2 documents')).toBeVisible();
  await footnotes.getByRole('button', { name: 'Copy' }).click();
  const area = footnotes.getByRole('textbox', { name: 'Footnotes to copy by hand' });
  await expect(area).toBeFocused();
  expect(await area.evaluate((el: HTMLTextAreaElement) => el.value.slice(el.selectionStart, el.selectionEnd))).toMatch(
    new RegExp(`^\\*\\*${BLOG}\\*\\*\n\n1\\. line 18`),
  );
});

test('the sources of a thousand statements are searched as one types', async ({ page }) => {
  const footnotes = await footnotesOf(
    page,
    '{ neighborhood(of: ["law/kratom-consumer-protection-act"], depth: 5, limit: 2000) { statements { predicate } } }',
  );
  await expect(footnotes.getByText('199 footnotes in 18 documents')).toBeVisible({ timeout: 30_000 });
  await footnotes.getByRole('searchbox', { name: 'Find in them' }).fill('botanical supports protection');
  await expect(footnotes.locator('.footnotes-note')).toHaveCount(1);
  await expect(footnotes.locator('.footnotes-note')).toContainText('line 40');
});

test('an answer without sources says what would bring them', async ({ page }) => {
  const footnotes = await footnotesOf(page, '{ graph { nEntities } }');
  await expect(footnotes.getByText('No sources were found for this answer.')).toBeVisible();
  await expect(footnotes.getByText('Sources come with')).toContainText('mentions');
});
