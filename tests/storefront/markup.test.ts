// What people typed is shown as they typed it, and run by no browser.
import { randomUUID } from 'node:crypto';
import { post } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { admin } from '../support/people.ts';
import { eventually } from '../support/wait.ts';
import { expect, forgive, logIn, test } from './support/shopping.ts';

const markup = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;

test('names, descriptions, reviews and addresses are text in the page, whatever is written in them', async ({ page, customer, complaints }) => {
  const name = `${markup} ${randomUUID()}`;
  const body = { name, description: `${markup} {{7*7}} javascript:hacked=1`, image_url: '/img/"onerror="hacked=1', price: '3.00', stock: 9 };
  const product = await post('/api/products', { ...body, image_url: '/img/none.svg' }, await admin());
  expect((await post('/api/products', body, await admin())).status).toBe(422);
  const items = [{ product_id: product.json.id, quantity: 1 }];
  const placed = (await post('/api/checkout', { items, shipping_address: markup }, customer.token)).json;
  await settled(placed.id, customer.token);
  await settled((await buy(customer.token, items)).id, customer.token);
  await eventually('the buyer is known', async () => (await post(`/api/products/${product.json.id}/reviews`, { rating: 5, comment: markup }, customer.token)).status === 201);

  await logIn(page, customer);
  for (const [path, shown] of [
    [`/?q=${encodeURIComponent(name)}`, name],
    [`/products/${product.json.id}`, markup],
    [`/orders/${placed.id}`, name],
    ['/orders', undefined],
    [`/orders/${encodeURIComponent(markup)}`, undefined],
    [`/${encodeURIComponent(markup)}`, undefined],
  ] as const) {
    await page.goto(path);
    await expect(shown === undefined ? page.locator('main') : page.getByText(shown).first()).toBeVisible();
    expect(await page.evaluate(() => (window as any).hacked), path).toBeUndefined();
    expect(await page.locator('img[onerror], main script').count(), path).toBe(0);
  }
  forgive(complaints, /Failed to load resource|ERR_/); // the picture is not there, nor is that order
});
