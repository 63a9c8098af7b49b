import { buy } from '../support/orders.ts';
import { newCustomer } from '../support/people.ts';
import { buyButton, expect, forgive, goToCheckout, happened, logIn, orderCount, putIntoCart, state, test } from './support/shopping.ts';

test('a guest fills a cart, logs in with it, buys, and sees the order paid and the mail sent', async ({ page, customer, product }) => {
  const thing = await product('20.00');
  await page.goto(`/?q=${encodeURIComponent(thing.name)}`);
  await page.getByRole('button', { name: `Add to cart: ${thing.name}` }).click();
  await page.getByRole('button', { name: 'Cart, 1 item' }).click();
  await page.getByRole('button', { name: `One more ${thing.name}` }).click();
  await expect(page.getByRole('dialog').getByText('$40.00').first()).toBeVisible();
  await page.getByRole('link', { name: 'Log in to check out' }).click();

  await page.getByLabel('E-mail').fill(customer.email);
  await page.locator('[name=password]').fill(customer.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();

  await page.getByLabel('Shipping address').fill('5 Quay Street\nHamburg');
  await buyButton(page).click();

  await expect(page).toHaveURL(/\/orders\/\d+$/);
  await expect(state(page, 'paid')).toBeVisible();
  for (const event of ['order.created', 'order.processing', 'order.paid', 'email.sent']) {
    await expect(happened(page, event)).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Cart, empty' })).toBeVisible();
  expect(await orderCount(customer)).toBe(1);
});

test('what a new customer registers with is enough to come back', async ({ page }) => {
  const email = `visitor-${crypto.randomUUID()}@example.com`;
  await page.goto('/register');
  await page.getByLabel('Your name').fill('New Visitor');
  await page.getByLabel('E-mail').fill(email);
  await page.locator('[name=password]').fill('a long enough password');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'New Visitor' })).toBeVisible();
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('link', { name: 'Account', exact: true })).toHaveCount(0);
  await logIn(page, { id: 0, email, password: 'a long enough password', token: '', refreshToken: '' });
});

test('a double click buys once', async ({ page, customer, product }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  await buyButton(page).dblclick();
  await expect(state(page, 'paid')).toBeVisible();
  expect(await orderCount(customer)).toBe(1);
});

test('a page that is loaded again while it buys, buys once and finds the order', async ({ page, customer, product, complaints }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  // The answer is lost on its way: the shop has the order, the page does not know.
  await page.route('**/api/checkout', async (route) => {
    await route.fetch();
    await route.abort();
  });
  const lost = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/checkout'));
  await buyButton(page).click();
  await lost;
  await page.unroute('**/api/checkout');
  await page.reload();
  await expect(state(page, 'paid')).toBeVisible();
  expect(await orderCount(customer)).toBe(1);
  forgive(complaints, /ERR_FAILED/);
});

test('an order that is not shipped can be cancelled', async ({ page, customer, product }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  await buyButton(page).click();
  await expect(state(page, 'paid')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await expect(state(page, 'cancelled')).toBeVisible();
});

test('somebody else’s order looks like none', async ({ page, customer, product, complaints }) => {
  const other = await newCustomer();
  const thing = await product();
  const order = await buy(other.token, [{ product_id: thing.id, quantity: 1 }]);
  await logIn(page, customer);
  await page.goto(`/orders/${order.id}`);
  await expect(page.getByText('There is no such order')).toBeVisible();
  forgive(complaints, /status of 404/);
});
