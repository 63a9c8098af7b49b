import { changeStock } from '../support/catalog.ts';
import { admin } from '../support/people.ts';
import { buyButton, expect, forgive, goToCheckout, logIn, orderCount, putIntoCart, state, test } from './support/shopping.ts';

test('a declined card says so, and nothing is charged', async ({ page, customer, product, architecture, complaints }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product('10.13'));
  await goToCheckout(page);
  await buyButton(page).click();
  await expect(page.getByRole('alert').getByText(/payment was declined/)).toBeVisible();
  if (architecture === 'microservices') {
    await expect(state(page, 'failed')).toBeVisible();
  } else {
    expect(await orderCount(customer)).toBe(0);
    forgive(complaints, /status of 402/);
  }
});

test('who was too slow for the last one learns it, and can go on', async ({ page, customer, product, architecture, complaints }) => {
  const thing = await product('20.00', 1);
  await logIn(page, customer);
  await putIntoCart(page, thing);
  await goToCheckout(page);
  await changeStock(await admin(), thing.id, -1); // somebody else bought it
  await buyButton(page).click();
  if (architecture === 'microservices') {
    await expect(state(page, 'failed')).toBeVisible();
    await expect(page.getByText('Somebody was faster')).toBeVisible();
    await changeStock(await admin(), thing.id, 1);
    await page.getByRole('button', { name: 'Put the items back into the cart' }).click();
    await page.getByLabel('Shipping address').fill('5 Quay Street');
    await buyButton(page).click();
  } else {
    await expect(page.getByRole('alert')).toContainText(/stock/i);
    forgive(complaints, /status of 409/);
    await changeStock(await admin(), thing.id, 1);
    await buyButton(page).click();
  }
  await expect(state(page, 'paid')).toBeVisible();
});

test('a wrong password is refused in words', async ({ page, customer, complaints }) => {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(customer.email);
  await page.locator('[name=password]').fill('not the password');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  forgive(complaints, /status of 401/);
});
