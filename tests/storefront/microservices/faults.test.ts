import { kill, without } from '../../support/parts.ts';
import { behave } from '../../support/world.ts';
import { buyButton, expect, forgive, goToCheckout, logIn, orderCount, putIntoCart, state, test } from '../support/shopping.ts';

test('an order arrives although a service was killed during its checkout', async ({ page, customer, product }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  const killed = kill('payment-service');
  await buyButton(page).click();
  await killed;
  await expect(state(page, 'paid')).toBeVisible({ timeout: 45_000 });
  expect(await orderCount(customer)).toBe(1);
});

test('a checkout that the shop cannot answer is bought once it is back', async ({ page, customer, product, complaints }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  await without('order-service', async () => {
    const refused = page.waitForResponse((response) => response.url().endsWith('/api/checkout') && response.status() === 503);
    await buyButton(page).click();
    await refused;
  });
  await expect(state(page, 'paid')).toBeVisible({ timeout: 45_000 });
  expect(await orderCount(customer)).toBe(1);
  forgive(complaints, /status of 503/);
});

test('without its stream an order is followed by asking', async ({ page, customer, product, complaints }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  await page.route('**/api/orders/*/stream', (route) => route.abort());
  const before = await behave({ delay_ms: 2000 }); // so that there is something to follow
  try {
    const asked = page.waitForResponse((response) => response.url().endsWith('/status'));
    await buyButton(page).click();
    await asked;
    await expect(page.getByText('Followed by asking')).toBeVisible();
    await expect(state(page, 'paid')).toBeVisible();
  } finally {
    await behave(before);
  }
  forgive(complaints, /ERR_FAILED/);
});
