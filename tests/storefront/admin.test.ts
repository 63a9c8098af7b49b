import { giveUpAWelcome } from '../support/dead_letters.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { mailsTo } from '../support/world.ts';
import { buy, settled } from '../support/orders.ts';
import { buyButton, expect, forgive, goToCheckout, logIn, putIntoCart, state, test } from './support/shopping.ts';

test('an administrator adds a product, changes it, stocks it up and takes it away', async ({ page, administrator }) => {
  const name = `Gadget ${crypto.randomUUID()}`;
  await logIn(page, administrator);
  await page.getByRole('link', { name: 'Admin' }).click();
  await page.getByRole('button', { name: 'New product' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Price').fill('12.50');
  await dialog.getByLabel('First stock').fill('3');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('$12.50');
  await expect(row.getByRole('cell').nth(2)).toHaveText('3');

  await page.getByRole('button', { name: `Edit ${name}` }).click();
  await dialog.getByLabel('Price').fill('13.00');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('$13.00');

  await page.getByRole('button', { name: `Change the stock of ${name}` }).click();
  await dialog.getByLabel('Add, or take away').fill('-2');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(row.getByRole('cell').nth(2)).toHaveText('1');

  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(row).toHaveCount(0);
});

test('more cannot be taken than there is', async ({ page, product, administrator, complaints }) => {
  const thing = await product('20.00', 2);
  await logIn(page, administrator);
  await page.goto('/admin');
  await page.getByRole('button', { name: `Change the stock of ${thing.name}` }).click();
  await page.getByRole('dialog').getByLabel('Add, or take away').fill('-3');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  forgive(complaints, /status of 409/);
});

test('an order is sent out by its number, and its customer sees it', async ({ page, browser, customer, administrator, product, architecture }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  await buyButton(page).click();
  await expect(state(page, 'paid')).toBeVisible();
  const number = page.url().split('/').at(-1)!;

  const other = await browser.newContext({ baseURL: shop.storefront() });
  const desk = await other.newPage();
  await desk.addInitScript((door) => localStorage.setItem('tandem.architecture', door), architecture);
  await logIn(desk, administrator);
  await desk.goto('/admin/orders');
  await desk.getByLabel('Number of the order').fill(number);
  await desk.getByRole('button', { name: 'Move' }).click();
  await expect(desk.getByText(`Order #${number} is moved on.`)).toBeVisible();
  await other.close();

  await page.reload();
  await expect(state(page, 'shipped')).toBeVisible();
});

test('an order is found among all, sent out, and delivered', async ({ page, customer, administrator, product }) => {
  const thing = await product();
  const order = await settled((await buy(customer.token, [{ product_id: thing.id, quantity: 1 }])).id, customer.token);
  await logIn(page, administrator);
  await page.goto('/admin');
  await page.getByRole('link', { name: 'Orders', exact: true }).last().click();
  await page.getByLabel('In which state').selectOption('paid');
  await expect(page).toHaveURL(/status=paid/);
  const row = page.getByRole('row', { name: new RegExp(customer.email) });
  await expect(row).toContainText('$20.00');
  await row.getByRole('button', { name: `Order #${order.id}: Shipped` }).click();
  await expect(row).toHaveCount(0); // it is in that state no more
  await page.goBack();
  await expect(state(row, 'shipped')).toBeVisible();
  await row.getByRole('button', { name: `Order #${order.id}: Delivered` }).click();
  await expect(state(row, 'delivered')).toBeVisible();
  await expect(row.getByRole('button')).toHaveCount(0);
});

test('an event that was given up is shown, tried again, and arrives', async ({ page, administrator, architecture }) => {
  const address = `given-up-${crypto.randomUUID()}@example.com`;
  const event = await giveUpAWelcome(architecture === 'monolith', address, 'planted by a test');
  await logIn(page, administrator);
  await page.goto('/admin/dead-letters');
  const letter = page.getByRole('listitem').filter({ hasText: event });
  await expect(letter).toContainText('planted by a test');
  await letter.getByText('5 attempts').click();
  await expect(letter.getByText(address)).toBeVisible();
  await page.getByRole('button', { name: 'Try again: email_service_queue' }).click();
  await expect(page.getByText('Nothing was given up')).toBeVisible();
  await eventually('the welcome is there', async () => (await mailsTo(address)).length === 1);
});

test('to a customer there are no such pages', async ({ page, customer }) => {
  await logIn(page, customer);
  for (const path of ['/admin', '/admin/orders', '/admin/dead-letters']) {
    await page.goto(path);
    await expect(page.getByText('There is nothing here')).toBeVisible();
  }
});
