import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { changeStock, newProduct, type Product } from '../support/catalog.ts';
import { call, del, get, patch, post, put } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { eventually } from '../support/wait.ts';

let boss: string;
let customer: Person;
let product: Product;

beforeAll(async () => {
  boss = await admin();
  customer = await newCustomer();
  product = await newProduct(boss, '12.50', 7);
});

describe('the seeded catalog', () => {
  it.each([
    ['Gaming Laptop', '1299.99'],
    ['Wireless Mouse', '49.99'],
    ['Mechanical Keyboard', '149.99'],
  ])('holds the %s at %s', async (name, price) => {
    const answer = await get(`/api/products?q=${encodeURIComponent(name)}`);
    expect(answer.json).toEqual(expect.arrayContaining([expect.objectContaining({ name, price })]));
  });
});

describe('listing', () => {
  it('pages with skip and limit and tells the total', async () => {
    const all = await get('/api/products?limit=100');
    const page = await get('/api/products?skip=1&limit=2');
    expect(page.json).toHaveLength(2);
    expect(page.json[0].id).toBe(all.json[1].id);
    expect(Number(page.headers.get('x-total-count'))).toBeGreaterThanOrEqual(all.json.length);
  });

  it('sorts by price, both ways, as amounts and not as text', async () => {
    const cents = (answer: any) => answer.json.map((item: Product) => Math.round(Number(item.price) * 100));
    const up = cents(await get('/api/products?sort=price'));
    const down = cents(await get('/api/products?sort=-price'));
    expect(up).toEqual([...up].sort((a, b) => a - b));
    expect(down).toEqual([...down].sort((a, b) => b - a));
  });

  it('sorts by name and by newest', async () => {
    const names = (await get('/api/products?sort=name')).json.map((item: Product) => item.name.toLowerCase());
    expect(names).toEqual([...names].sort());
    expect((await get('/api/products?sort=newest&limit=1')).json[0].id).toBeGreaterThanOrEqual(product.id);
  });

  it('searches without case and takes % and _ literally', async () => {
    expect((await get('/api/products?q=gAmInG')).json.length).toBeGreaterThan(0);
    expect((await get(`/api/products?q=${encodeURIComponent('%')}&limit=1`)).json).toEqual([]);
    expect((await get(`/api/products?q=${encodeURIComponent("' OR 1=1 --")}`)).json).toEqual([]);
  });

  it('filters by category', async () => {
    const categories = (await get('/api/products/categories')).json;
    const answer = await get(`/api/products?category_id=${categories[0].id}`);
    expect(answer.json.length).toBeGreaterThan(0);
    expect(answer.json.every((item: any) => item.category_id === categories[0].id)).toBe(true);
  });

  it.each(['skip=-1', 'limit=0', 'limit=501', 'limit=x', 'sort=cheapest', 'category_id=abc', 'skip=99999999999999999999'])(
    'answers 422 for ?%s',
    async (query) => {
      expect((await get(`/api/products?${query}`)).status).toBe(422);
    },
  );

  it('answers 304 to a known ETag', async () => {
    const first = await get(`/api/products/${product.id}`);
    const again = await get(`/api/products/${product.id}`, undefined, { 'if-none-match': first.headers.get('etag')! });
    expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
  });
});

describe('one product', () => {
  it('shows what can be bought as stock and available_stock', async () => {
    const answer = await get(`/api/products/${product.id}`);
    expect(answer.json).toMatchObject({ id: product.id, price: '12.50', stock: 7, available_stock: 7, average_rating: 0, review_count: 0 });
  });

  it.each(['999999999', '0', '-1', 'abc', '99999999999999999999', '1%00', '..%2f..%2fetc'])('is 404 for id %s', async (id) => {
    expect((await get(`/api/products/${id}`)).status).toBe(404);
  });

  it('answers HEAD with the head only', async () => {
    const answer = await call('HEAD', `/api/products/${product.id}`);
    expect(answer.text).toBe('');
    expect(answer.status).toBe(200);
  });
});

describe('writing', () => {
  const body = () => ({ name: `Lamp ${randomUUID()}`, description: 'Bright.', price: '19.90', stock: 3 });

  it.each([
    ['POST', '/api/products'],
    ['PUT', '/api/products/1'],
    ['DELETE', '/api/products/1'],
    ['PATCH', '/api/products/1/stock?stock_change=1'],
    ['POST', '/api/products/categories'],
  ])('%s %s is 401 without a token and 403 for a customer', async (method, path) => {
    const options = method === 'POST' || method === 'PUT' ? { body: body() } : {};
    expect((await call(method, path, options)).status).toBe(401);
    expect((await call(method, path, { ...options, token: customer.token })).status).toBe(403);
  });

  it('creates, changes and deletes', async () => {
    const created = await post('/api/products', body(), boss);
    expect([created.status, created.json.stock]).toEqual([201, 3]);
    const location = created.headers.get('location') ?? '';
    expect((await get(location)).json.id).toBe(created.json.id);
    const changed = await put(`/api/products/${created.json.id}`, { price: '21.00' }, boss);
    expect([changed.json.price, changed.json.name]).toEqual(['21.00', created.json.name]);
    expect((await del(`/api/products/${created.json.id}`, boss)).status).toBe(204);
    expect((await get(`/api/products/${created.json.id}`)).status).toBe(404);
  });

  it.each([
    ['a price below zero', { price: '-1.00' }],
    ['a price of zero', { price: '0.00' }],
    ['three decimals', { price: '1.999' }],
    ['a price in words', { price: 'ten' }],
    ['an empty name', { name: '' }],
    ['a name of 300 characters', { name: 'n'.repeat(300) }],
    ['a stock below zero', { stock: -1 }],
    ['half a piece', { stock: 1.5 }],
    ['a stock beyond any warehouse', { stock: 9007199254740993 }],
    ['a category that is not there', { category_id: 999_999 }],
    ['an image from javascript:', { image_url: 'javascript:alert(1)' }],
  ])('answers 422 for %s', async (_, change) => {
    expect((await post('/api/products', { ...body(), ...change }, boss)).status).toBe(422);
  });

  it('changes stock by a difference and never below zero', async () => {
    const item = await newProduct(boss, '1.00', 5);
    await changeStock(boss, item.id, -5);
    expect((await patch(`/api/products/${item.id}/stock?stock_change=-1`, undefined, boss)).status).toBe(409);
    await changeStock(boss, item.id, 2);
    expect((await get(`/api/products/${item.id}`)).json.stock).toBe(2);
  });

  it('adds parallel stock changes up', async () => {
    const item = await newProduct(boss, '1.00', 0);
    await Promise.all(Array.from({ length: 20 }, () => changeStock(boss, item.id, 1)));
    expect((await get(`/api/products/${item.id}`)).json.stock).toBe(20);
  });

  it('names categories once', async () => {
    const name = `Category ${randomUUID()}`;
    expect((await post('/api/products/categories', { name }, boss)).status).toBe(201);
    expect((await post('/api/products/categories', { name }, boss)).status).toBe(409);
  });
});

describe('reviews', () => {
  it('come from buyers, once each, and make the average', async () => {
    const item = await newProduct(boss, '5.00', 10);
    const buyer = await newCustomer();
    expect((await post(`/api/products/${item.id}/reviews`, { rating: 5 }, buyer.token)).status).toBe(403);

    const order = await buy(buyer.token, [{ product_id: item.id, quantity: 1 }]);
    expect((await settled(order.id, buyer.token)).status).toBe('paid');
    const review = await eventually('the product service has heard of the purchase', async () => {
      const answer = await post(`/api/products/${item.id}/reviews`, { rating: 4, comment: 'Good.' }, buyer.token);
      return answer.status === 201 ? answer.json : undefined;
    });
    expect(review).toMatchObject({ rating: 4, comment: 'Good.', user_id: buyer.id, product_id: item.id });
    expect((await post(`/api/products/${item.id}/reviews`, { rating: 1 }, buyer.token)).status).toBe(409);
    expect((await get(`/api/products/${item.id}`)).json).toMatchObject({ average_rating: 4, review_count: 1 });
    expect((await get(`/api/products/${item.id}/reviews`)).json).toHaveLength(1);
  });

  it.each([0, 6, 1.5, '5', null])('answer 422 for a rating of %s', async (rating) => {
    expect((await post(`/api/products/${product.id}/reviews`, { rating }, customer.token)).status).toBe(422);
  });
});
