import { defineConfig } from '@playwright/test';

/** Each test has its applications and folders to itself, so two go side by side: each waits for its page more than it works. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/build.ts',
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
