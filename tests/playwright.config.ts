import { defineConfig } from '@playwright/test';
import { shop } from './support/shop.ts';

// The storefront in Debian's Chromium against the whole shop, once at each door. One shop serves all: one test at a time.
export default defineConfig({
  testDir: 'storefront',
  outputDir: '../build/test-results/storefront',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ...(process.env.TANDEM_REPORT ? [['junit', { outputFile: process.env.TANDEM_REPORT }] as const] : [])],
  use: {
    baseURL: shop.storefront(),
    actionTimeout: 10_000,
    browserName: 'chromium',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'microservices', testIgnore: 'both/**' },
    { name: 'monolith', testIgnore: ['both/**', 'microservices/**'] },
    { name: 'both', testMatch: 'both/**/*.test.ts' },
  ],
});
