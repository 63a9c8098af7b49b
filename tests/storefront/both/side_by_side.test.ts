import { expect, test } from '../support/shopping.ts';

test('one click buys the same in both shops', async ({ page }) => {
  await page.goto('/side-by-side');
  await page.getByLabel('What to buy').selectOption('Wireless Mouse');
  await page.getByRole('button', { name: 'Buy in both' }).click();
  for (const name of ['Microservices', 'Monolith']) {
    const panel = page.getByRole('region', { name });
    await expect(panel.getByText(/Paid, and the mail is out/)).toBeVisible({ timeout: 30_000 });
    await expect(panel.getByText('Mail sent')).toBeVisible();
    await expect(panel.getByRole('link', { name: /Order #/ })).toBeVisible();
  }
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(2); // its head, and this race
});

test('the switch points the whole shop at the other door', async ({ page }) => {
  const doorOf = async () => new URL((await page.waitForRequest(/\/api\/products\?/)).url()).port;
  const first = doorOf();
  await page.goto('/');
  const before = await first;
  const second = doorOf();
  await page.getByText('Monolith', { exact: true }).click();
  expect(await second).not.toBe(before);
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
});
