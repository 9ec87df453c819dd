import { defineConfig } from '@playwright/test';

/**
 * Uses the page of a running server (`GROUNDS_URL`) with the built-in corpora in a real browser: Debian's Chromium, or
 * the one that `CHROMIUM` names.
 */
export default defineConfig({
  testDir: 'tests',
  // Longer than anything takes that happens at all, also on a machine that has much else to do.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  workers: 2,
  reporter: 'list',
  use: {
    baseURL: process.env.GROUNDS_URL ?? 'http://127.0.0.1:8080/',
    // High enough for an answer: of long texts the editor keeps in the page what is seen of them.
    viewport: { width: 1280, height: 1400 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
