// One seeded random workload, played on both shops in step: each operation must come to the same, and in the end orders,
// payments, stock, carts and mails must be the same. What the contract lets differ is left out: order numbers, times, and
// orders that failed, of which the monolith keeps nothing.
import { expect, it } from 'vitest';
import { charges, mailsTo } from '../support/world.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { Door, type Outcome } from './door.ts';
import { Random } from './random.ts';

const seed = Number(process.env.TANDEM_SEED ?? '20261126');
const steps = Number(process.env.TANDEM_STEPS ?? '150');
const password = 'a long enough password';

/** A customer or a product as both shops know it. */
interface Twin {
  name: string;
  at: Map<Door, { id: number; token: string; orders: number[] }>;
}

class World {
  readonly doors = [new Door('microservices', shop.url()), new Door('monolith', shop.monolith())];
  readonly random = new Random(seed);
  readonly story: string[] = [];
  readonly run = Date.now().toString(36);
  customers: Twin[] = [];
  products: Twin[] = [];

  /** Does the same at both doors; what it came to must be the same. */
  async both(what: string, act: (door: Door) => Promise<Outcome>): Promise<Outcome> {
    const outcomes = [];
    for (const door of this.doors) outcomes.push(await act(door));
    this.story.push(`${what}: ${outcomes.join(' | ')}`);
    expect(outcomes[1], `seed ${seed}\n${this.story.join('\n')}`).toBe(outcomes[0]);
    return outcomes[0]!;
  }

  async register() {
    const email = `twin-${this.run}-${this.customers.length}@example.com`;
    const twin: Twin = { name: email, at: new Map() };
    await this.both(`register ${email}`, (door) => door.register(email, password));
    for (const door of this.doors) twin.at.set(door, { id: 0, token: await door.login(email, password), orders: [] });
    this.customers.push(twin);
  }

  async offer(price: string, stock: number) {
    const name = `Twin ${this.run} ${this.products.length}`;
    const twin: Twin = { name, at: new Map() };
    await this.both(`offer ${stock} pieces of ${name} for ${price}`, async (door) => {
      const answer = await door.asAdmin('POST', '/api/products', { name, description: 'Sold twice.', price, stock });
      twin.at.set(door, { id: answer.json.id, token: '', orders: [] });
      return `${answer.status}`;
    });
    this.products.push(twin);
  }

  async putIn(customer: Twin, product: Twin, quantity: number) {
    await this.both(`${customer.name} puts ${quantity} of ${product.name} into the cart`, async (door) => {
      const { token } = customer.at.get(door)!;
      const answer = await door.call('POST', '/api/cart/items', token, { product_id: product.at.get(door)!.id, quantity });
      return answer.status < 300 ? `total ${answer.json.total}` : `${answer.status}`;
    });
  }

  async checkOut(customer: Twin, items?: { product: Twin; quantity: number }[]) {
    const outcome = await this.both(`${customer.name} buys ${items ? items.map((item) => `${item.quantity} of ${item.product.name}`).join(', ') : 'the cart'}`, async (door) => {
      const me = customer.at.get(door)!;
      const lines = items?.map((item) => ({ product_id: item.product.at.get(door)!.id, quantity: item.quantity }));
      const { outcome, order } = await door.buy(me.token, lines ? { items: lines } : {});
      if (order !== undefined && outcome === 'paid') me.orders.push(order);
      return outcome;
    });
    if (outcome !== 'paid') await this.emptyCart(customer);
  }

  /** An order that is accepted and then fails has emptied the cart; one that is refused at once has not. */
  private async emptyCart(customer: Twin) {
    await this.both(`${customer.name} empties the cart`, async (door) => `${(await door.call('DELETE', '/api/cart', customer.at.get(door)!.token)).status}`);
  }

  async cancel(customer: Twin) {
    const bought = customer.at.get(this.doors[0]!)!.orders.length;
    if (bought === 0) return;
    const which = this.random.whole(0, bought - 1);
    await this.both(`${customer.name} cancels purchase ${which}`, async (door) => {
      const me = customer.at.get(door)!;
      const answer = await door.call('POST', `/api/orders/${me.orders[which]}/cancel`, me.token);
      return answer.status === 200 ? answer.json.status : `${answer.status}`;
    });
    await this.refunded(customer, which);
  }

  /** Stock and money are back before the next step, at both. */
  private async refunded(customer: Twin, which: number) {
    for (const door of this.doors) {
      const order = customer.at.get(door)!.orders[which]!;
      await eventually(`${door.name}: order ${order} is refunded and its pieces are back`, async () => {
        const answer = await door.call('GET', `/api/orders/${order}/events`, customer.at.get(door)!.token);
        const types = answer.json.map((event: any) => event.type);
        return types.includes('payment.refunded') && types.includes('stock.released');
      });
    }
  }

  async changeStock(product: Twin, change: number) {
    await this.both(`${change} pieces of ${product.name}`, async (door) => {
      const answer = await door.asAdmin('PATCH', `/api/products/${product.at.get(door)!.id}/stock?stock_change=${change}`);
      return answer.status === 200 ? `stock ${answer.json.stock}` : `${answer.status}`;
    });
  }

  async step() {
    const { random } = this;
    const customer = random.pick(this.customers);
    const product = random.pick(this.products);
    const act = random.whole(1, 100);
    if (act <= 5) await this.register();
    else if (act <= 40) await this.putIn(customer, product, random.whole(1, 3));
    else if (act <= 65) await this.checkOut(customer);
    else if (act <= 80) await this.checkOut(customer, [{ product, quantity: random.whole(1, 4) }]);
    else if (act <= 90) await this.cancel(customer);
    else await this.changeStock(product, random.whole(-3, 6));
  }
}

/** What a customer has in the end. */
async function belongings(world: World, customer: Twin, door: Door) {
  const me = customer.at.get(door)!;
  const orders = [];
  for (const id of me.orders) {
    const order = (await door.call('GET', `/api/orders/${id}`, me.token)).json;
    const kept = (await charges(id)).reduce((sum: number, charge: any) => sum + Number(charge.amount) - Number(charge.refunded_amount), 0);
    orders.push({
      status: order.status,
      reason: order.reason,
      total: order.total_amount,
      items: order.items.map((item: any) => `${item.quantity} x ${item.product_name} at ${item.price}`),
      payment: [order.payment.amount, order.payment.status, order.payment.payment_method],
      kept: kept.toFixed(2),
    });
  }
  const cart = (await door.call('GET', '/api/cart', me.token)).json;
  return { orders, cart: { total: cart.total, items: cart.items.map((item: any) => `${item.quantity} x ${item.name} at ${item.price}`).sort() } };
}

/** The mails about a shop's orders that were paid, without their numbers. */
async function mailsAbout(customer: Twin, door: Door): Promise<string[]> {
  const { orders } = customer.at.get(door)!;
  const subjects = (await mailsTo(customer.name)).map((mail) => mail.subject);
  return orders.flatMap((id, which) => [...new Set(subjects.filter((subject) => subject.endsWith(`#${id}`)))].map((subject) => `purchase ${which}: ${subject.replace(`#${id}`, '#')}`)).sort();
}

it(`one workload leaves both shops alike (seed ${seed}, ${steps} steps)`, { timeout: 300_000 }, async () => {
  const world = new World();
  for (let customer = 0; customer < 4; ++customer) await world.register();
  for (const [price, stock] of [['19.99', 12], ['5.00', 30], ['129.50', 4], ['10.13', 50]] as const) await world.offer(price, stock);
  for (let step = 0; step < steps; ++step) await world.step();

  const [services, monolith] = world.doors as [Door, Door];
  for (const customer of world.customers) {
    expect(await belongings(world, customer, monolith), world.story.join('\n')).toEqual(await belongings(world, customer, services));
    await eventually(`the mails to ${customer.name} are the same`, async () => {
      const expected = await mailsAbout(customer, services);
      return expected.length >= customer.at.get(services)!.orders.length && JSON.stringify(await mailsAbout(customer, monolith)) === JSON.stringify(expected);
    });
  }
  for (const product of world.products) {
    const stocks = await Promise.all(world.doors.map(async (door) => (await door.call('GET', `/api/products/${product.at.get(door)!.id}`)).json.stock));
    expect(stocks[1], product.name).toBe(stocks[0]);
  }
  expect(world.story.filter((line) => / paid \| paid$/.test(line)).length).toBeGreaterThan(5);
});
