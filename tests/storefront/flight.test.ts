import { buyButton, expect, goToCheckout, happened, logIn, putIntoCart, test } from './support/shopping.ts';

const participants = {
  microservices: ['gateway', 'order-service', 'RabbitMQ', 'product-service', 'payment-service', 'payment-provider', 'cart-service', 'email-service'],
  monolith: ['monolith', 'payment-provider'],
};

test('behind an order its whole way can be seen, step by step', async ({ page, customer, product, architecture }) => {
  await logIn(page, customer);
  await putIntoCart(page, await product());
  await goToCheckout(page);
  await buyButton(page).click();
  await expect(happened(page, 'email.sent')).toBeVisible();
  await page.getByRole('link', { name: 'Behind the scenes' }).click();
  await page.getByRole('button', { name: 'As a list' }).click();
  const list = page.getByRole('table').last();
  await expect(list.getByRole('row').nth(3)).toBeVisible();
  for (const participant of participants[architecture]) {
    await expect(list).toContainText(participant);
  }
  await expect(list).toContainText('POST /api/checkout');
});
