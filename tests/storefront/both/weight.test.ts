import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { shop } from '../../support/shop.ts';
import { expect, test } from '../support/shopping.ts';

const scriptBytes_max = 150_000;

test('the landing page needs less than 150 kB of JavaScript', async ({ page }) => {
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script, { level: 9 }).length);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'bytes of JavaScript, gzipped', description: String(bytes) });
  expect(bytes).toBeLessThan(scriptBytes_max);
});

test('Lighthouse finds the shop accessible and well built', async ({}, info) => {
  const report = join(info.project.outputDir, '..', 'lighthouse.json');
  await promisify(execFile)(
    'npx',
    ['lighthouse', shop.storefront(), '--quiet', '--only-categories=performance,accessibility,best-practices', '--output=json', `--output-path=${report}`, '--chrome-flags=--headless=new --no-sandbox --disable-gpu'],
    { env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' } },
  );
  const { categories } = JSON.parse(readFileSync(report, 'utf8'));
  const score = (name: string) => Math.round(categories[name].score * 100);
  // How fast a page loads depends on who else uses the machine: told, not demanded.
  info.annotations.push({ type: 'Lighthouse performance', description: String(score('performance')) });
  expect(score('accessibility')).toBeGreaterThanOrEqual(95);
  expect(score('best-practices')).toBeGreaterThanOrEqual(95);
});
