import type { Page } from '@playwright/test';
import { type Architecture, expect, forgive, logIn, putIntoCart, test } from './support/shopping.ts';

/** Makes tokens of the stored session worthless, as time would. */
function spoil(page: Page, architecture: Architecture, ...tokens: string[]): Promise<void> {
  return page.evaluate(
    ({ key, tokens }) => {
      const session = JSON.parse(localStorage.getItem(key)!);
      for (const token of tokens) session[token] = 'ended';
      localStorage.setItem(key, JSON.stringify(session));
    },
    { key: `tandem.session.${architecture}`, tokens },
  );
}

test('an access token that has ended is renewed without a word', async ({ page, customer, product, architecture, complaints }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await spoil(page, architecture, 'access_token');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Cart, 1 item' })).toBeVisible();
  forgive(complaints, /status of 401/);
});

test('when the session is over the page says so in place, and the cart is there after the next login', async ({ page, customer, product, architecture, complaints }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await spoil(page, architecture, 'access_token', 'refresh_token');
  await page.goto('/orders');
  await expect(page.getByText('Your session has ended')).toBeVisible();
  forgive(complaints, /status of 401/);
  await page.getByLabel('E-mail').fill(customer.email);
  await page.locator('[name=password]').fill(customer.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page).toHaveURL(/\/orders$/);
  await expect(page.getByRole('button', { name: 'Cart, 1 item' })).toBeVisible();
});

test('logging out in one tab logs out the other', async ({ page, context, customer }) => {
  await logIn(page, customer);
  const other = await context.newPage();
  await other.goto('/account');
  await other.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('link', { name: 'Account', exact: true })).toHaveCount(0);
});
