import { shop } from '../support/shop.ts';
import { buyButton, expect, forgive, goToCheckout, logIn, putIntoCart, state, test } from './support/shopping.ts';

const administrator = () => ({ id: 0, email: shop.adminEmail(), password: shop.adminPassword(), token: '', refreshToken: '' });

test('an administrator adds a product, changes it, stocks it up and takes it away', async ({ page }) => {
  const name = `Gadget ${crypto.randomUUID()}`;
  await logIn(page, administrator());
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

test('more cannot be taken than there is', async ({ page, product, complaints }) => {
  const thing = await product('20.00', 2);
  await logIn(page, administrator());
  await page.goto('/admin');
  await page.getByRole('button', { name: `Change the stock of ${thing.name}` }).click();
  await page.getByRole('dialog').getByLabel('Add, or take away').fill('-3');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  forgive(complaints, /status of 409/);
});

test('an order is sent out by its number, and its customer sees it', async ({ page, browser, customer, product, architecture }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  await buyButton(page).click();
  await expect(state(page, 'paid')).toBeVisible();
  const number = page.url().split('/').at(-1)!;

  const other = await browser.newContext({ baseURL: shop.storefront() });
  const desk = await other.newPage();
  await desk.addInitScript((door) => localStorage.setItem('tandem.architecture', door), architecture);
  await logIn(desk, administrator());
  await desk.goto('/admin');
  await desk.getByLabel('Number of the order').fill(number);
  await desk.getByRole('button', { name: 'Move' }).click();
  await expect(desk.getByText(`Order #${number} is moved on.`)).toBeVisible();
  await other.close();

  await page.reload();
  await expect(state(page, 'shipped')).toBeVisible();
});

test('to a customer there is no such page', async ({ page, customer }) => {
  await logIn(page, customer);
  await page.goto('/admin');
  await expect(page.getByText('There is nothing here')).toBeVisible();
});
