/**
 * Takes the README's pictures of the page: `npm run pictures`, with a server with the built-in corpora at `GROUNDS_URL` or
 * http://127.0.0.1:8080. Wants a Chromium at /usr/bin/chromium, or where `CHROMIUM` says.
 */
import { mkdir } from 'node:fs/promises';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

const PICTURES = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const URL_OF_THE_PAGE = env.GROUNDS_URL ?? 'http://127.0.0.1:8080/';

/** How a person comes from the first visit to what a picture shows. */
const WAYS = {
  picture: async () => {},
  questions: async (page) => {
    await page.getByRole('button', { name: 'Show Questions' }).click();
    await page.getByRole('searchbox').fill('stand');
  },
  footnotes: (page) => page.getByRole('button', { name: 'Show Footnotes' }).click(),
  timeline: (page) => page.getByRole('button', { name: 'Show Timeline' }).click(),
  matrix: (page) => page.getByRole('button', { name: 'Show Matrix' }).click(),
};

const browser = await chromium.launch({
  executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
await mkdir(PICTURES, { recursive: true });
for (const [name, go] of Object.entries(WAYS)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(URL_OF_THE_PAGE);
  await page.getByText(/^Picture of \d+ entities/).waitFor();
  await go(page);
  // What moves comes to rest, and what a panel asks for is answered.
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: `${PICTURES}${name}.png` });
  await page.close();
  console.log(`docs/pictures/${name}.png`);
}
await browser.close();
