/**
 * Uses the GraphiQL page of a running server in a real browser, the way a person would.
 *
 *     node tests/browser.mjs <base-url> [screenshot.png]
 *
 * Wants a Chromium (the environment's CHROMIUM, or else /usr/bin/chromium) and a server with the kratom corpus. Prints
 * a line for each check; exits with 1 when one fails. A request to another origin, an uncaught error, and an error in
 * the console (which is where Chromium reports violations of the content security policy) fail it at any time.
 */
import { readdir, readFile } from 'node:fs/promises';
import { argv, env, exit } from 'node:process';
import { stripVTControlCharacters } from 'node:util';

import { Kind, parse } from 'graphql';
import { chromium } from 'playwright-core';

const WORKED_QUESTIONS = new URL('../../tests/queries/worked/', import.meta.url);
const STEP_TIMEOUT_MS = 20_000;
const WHOLE_TIMEOUT_MS = 120_000;
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const [baseUrl, screenshot] = argv.slice(2);
if (!URL.canParse(baseUrl ?? '')) {
  console.error('usage: node tests/browser.mjs <base-url> [screenshot.png]');
  exit(2);
}

let checks = 0;
function ok(what) {
  checks += 1;
  console.log(`ok ${what}`);
}

function assertEqual(actual, expected, what) {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (found !== wanted) {
    throw new Error(`${what}: expected ${wanted}, found ${found}`);
  }
}

/** The worked questions in the order of their files; the page names a tab after each one's operation. */
async function workedQuestions() {
  const files = (await readdir(WORKED_QUESTIONS)).filter((name) => name.endsWith('.graphql'));
  files.sort(new Intl.Collator('en', { numeric: true }).compare);
  return Promise.all(
    files.map(async (file) => {
      const { definitions } = parse(await readFile(new URL(file, WORKED_QUESTIONS), 'utf8'));
      const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      const { alias, name } = operation.selectionSet.selections[0];
      return { operation: operation.name.value, answerKey: (alias ?? name).value };
    }),
  );
}

/** Collects what must not happen at any time. */
function collectFaults(context) {
  const faults = [];
  const { origin } = new URL(baseUrl);
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) {
      faults.push(`request to another origin: ${url}`);
    }
  });
  context.on('console', (message) => {
    if (message.type() === 'error') {
      faults.push(`console error: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (webError) => {
    const error = webError.error();
    faults.push(`uncaught error: ${error.stack ?? error}`);
  });
  return faults;
}

/** Scrolls through one of the page's editors until it shows a text: it draws only the lines in view. */
async function findInEditor(page, pane, text) {
  const lines = pane.locator('.view-lines').first();
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  let shown = '';
  while (Date.now() < deadline) {
    const before = shown;
    // Spaces are drawn as no-break spaces, and a long line on several.
    shown = (await lines.innerText()).replaceAll(/\s+/g, ' ');
    if (shown.includes(text)) {
      return;
    }
    await pane.hover();
    // At the end, or while an answer is awaited, back to the top: what is looked for may have come there meanwhile.
    await page.mouse.wheel(0, shown === before ? -1_000_000 : 200);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  throw new Error(`no ${JSON.stringify(text)} in the editor, which now shows: ${shown}`);
}

async function explore(page) {
  const questions = await workedQuestions();
  const [first, second] = questions;
  if (!second) {
    throw new Error(`two worked questions are needed, found ${questions.length}`);
  }

  const tabs = page.locator('.graphiql-tab-button');
  const activeTab = page.locator('.graphiql-tab-active .graphiql-tab-button');
  const query = page.getByRole('region', { name: 'Operation Editor' }).locator('.graphiql-editor');
  const response = page.locator('.graphiql-response');
  const run = page.getByRole('button', { name: 'Execute query' });

  // The page stores its tabs a moment after each change, and settles on the operation to run before that.
  const stored = (index, count) =>
    page.waitForFunction(
      ([index, count]) => {
        const state = JSON.parse(localStorage.getItem('grounds:graphiql:tabState') ?? '{}');
        return state.activeTabIndex === index && state.tabs.length === count;
      },
      [index, count],
    );

  await page.goto(baseUrl);
  await query.locator('.view-lines').waitFor();
  ok('the page opens with an editor');

  const titles = questions.map(({ operation }) => operation);
  assertEqual(await tabs.allInnerTexts(), titles, 'titles of the tabs');
  assertEqual(await activeTab.allInnerTexts(), [first.operation], 'title of the active tab');
  ok(`there is a tab for each of the ${questions.length} worked questions`);

  await findInEditor(page, query, first.operation);
  await run.click();
  await findInEditor(page, response, 'American Kratom Association');
  ok('the first question is answered with the American Kratom Association');
  if (screenshot) {
    await page.screenshot({ path: screenshot });
  }

  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.getByRole('region', { name: 'Documentation Explorer' });
  await docs.getByRole('link', { name: 'Query', exact: true }).click();
  await docs.getByRole('link', { name: 'law', exact: true }).click();
  await docs.locator('.graphiql-doc-explorer-title', { hasText: /^law$/ }).waitFor();
  ok('the documentation explorer leads to the field law');

  await tabs.nth(1).click();
  await stored(1, questions.length);
  assertEqual(await activeTab.allInnerTexts(), [second.operation], 'title of the active tab');
  await findInEditor(page, query, second.operation);
  await run.click();
  await findInEditor(page, response, `"${second.answerKey}": `);
  ok('the second question is answered in its own tab');

  await page.getByRole('button', { name: 'New tab' }).click();
  await stored(questions.length, questions.length + 1);
  const titlesLeft = await tabs.allInnerTexts();
  assertEqual(titlesLeft.slice(0, -1), titles, 'titles of the tabs beside the new one');
  await page.reload();
  await query.locator('.view-lines').waitFor();
  assertEqual(await tabs.allInnerTexts(), titlesLeft, 'titles of the tabs after a reload');
  await tabs.first().click();
  await findInEditor(page, query, first.operation);
  ok('a returning visitor finds the tabs as they were left');
}

async function main() {
  const browser = await chromium.launch({
    executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(STEP_TIMEOUT_MS);
    const faults = collectFaults(context);
    try {
      await explore(await context.newPage());
    } catch (error) {
      throw new Error([error.message, ...faults].join('\n'), { cause: error });
    }
    assertEqual(faults, [], 'faults');
    ok('there was no request to another origin, and no error');
  } finally {
    await browser.close();
  }
}

setTimeout(() => {
  console.error(`not ok: gave up after ${WHOLE_TIMEOUT_MS / 1000} seconds`);
  exit(1);
}, WHOLE_TIMEOUT_MS).unref();

try {
  await main();
  console.log(`${checks} checks passed`);
} catch (error) {
  console.error(`not ok after ${checks} checks: ${stripVTControlCharacters(error.message)}`);
  exit(1);
}
