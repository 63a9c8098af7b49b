// The flight of an order: every hop behind the scenes, in the order in which one caused another.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct } from '../support/catalog.ts';
import { callAt, post } from '../support/client.ts';
import { askForFlight, causesOf, flightOf, label, named, orphans, premature, type Flight } from '../support/flight.ts';
import { buy, settled } from '../support/orders.ts';
import { pidOf, without } from '../support/parts.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';

let boss: string;
let customer: Person;
beforeAll(async () => {
  boss = await admin();
  customer = await newCustomer();
});

async function buyOne(price: string) {
  const product = await newProduct(boss, price, 5);
  return settled((await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id, customer.token);
}

function isSound(flight: Flight): void {
  expect(orphans(flight), 'every parent is known').toEqual([]);
  expect(premature(flight), 'nothing begins before its cause').toEqual([]);
  expect(flight.spans.map((span) => span.start_us), 'by start').toEqual(flight.spans.map((span) => span.start_us).sort((a, b) => a - b));
  for (const span of flight.spans) expect([undefined, flight.order_id]).toContain(span.attributes['tandem.order_id']);
}

const toReserve = [
  'gateway: POST /api/checkout',
  'gateway: POST /checkout',
  'order-service: POST /checkout',
  'order-service: store order.created',
  'order-service: publish order.created',
  'product-service: process order.created',
  'product-service: reserve stock',
  'product-service: publish stock.reserved',
];
const toCharge = [...toReserve, 'payment-service: process stock.reserved', 'payment-service: payment attempt'];

describe('microservices', () => {
  it('an order that is paid is one trace, from the gateway to the mail', async () => {
    const order = await buyOne('31.00');
    const flight = await flightOf(order.id, customer.token);

    isSound(flight);
    expect(new Set(flight.spans.map((span) => span.trace_id)).size).toBe(1);
    expect(flight.spans.filter((span) => span.status === 'error').map(label)).toEqual([]);
    const toPaid = [
      ...toCharge,
      'payment-service: publish payment.processed',
      'order-service: process payment.processed',
      'order-service: store order.paid',
      'order-service: publish order.paid',
    ];
    expect(causesOf(flight, 'payment-provider: POST /v1/charges')).toEqual([
      ...toCharge,
      'payment-service: provider charge',
      'payment-service: POST /v1/charges',
      'payment-provider: POST /v1/charges',
    ]);
    expect(causesOf(flight, 'product-service: commit stock')).toEqual([...toPaid, 'product-service: process order.paid', 'product-service: commit stock']);
    expect(causesOf(flight, 'order-service: store email.sent')).toEqual([
      ...toPaid,
      'email-service: process order.paid',
      'email-service: send mail order_paid',
      'email-service: publish email.sent',
      'order-service: process email.sent',
      'order-service: store email.sent',
    ]);
    expect(causesOf(flight, 'email-service: SMTP send').at(-2)).toBe('email-service: send mail order_paid');
  });

  it('its spans say what they are about', async () => {
    const order = await buyOne('32.00');
    const flight = await flightOf(order.id, customer.token);
    const owned = { 'tandem.order_id': order.id, 'enduser.id': String(customer.id) };

    expect(named(flight, 'gateway: POST /api/checkout')).toMatchObject({
      kind: 'server',
      parent_span_id: null,
      attributes: { 'http.request.method': 'POST', 'http.route': '/api/checkout', 'http.response.status_code': 200 },
    });
    expect(named(flight, 'order-service: publish order.paid')).toMatchObject({
      kind: 'producer',
      attributes: { ...owned, 'messaging.system': 'rabbitmq', 'messaging.message.id': expect.any(String), 'tandem.outbox.wait_ms': expect.any(Number) },
    });
    expect(named(flight, 'product-service: process order.created')).toMatchObject({
      kind: 'consumer',
      attributes: { ...owned, 'messaging.destination.name': 'product_service_queue', 'tandem.message.attempt': 1, 'tandem.message.outcome': 'done' },
    });
    expect(named(flight, 'product-service: reserve stock').attributes).toMatchObject({ ...owned, 'tandem.stock.outcome': 'reserved' });
    expect(named(flight, 'payment-service: payment attempt').attributes).toMatchObject({ ...owned, 'tandem.payment.attempt': 1, 'tandem.payment.status': 'processed' });
    expect(named(flight, 'order-service: store order.paid').attributes).toMatchObject({ ...owned, 'tandem.order.status': 'paid' });
  });

  it('an order whose card is declined shows the refusal and the release of its stock', async () => {
    const order = await buyOne('33.13');
    expect(order.reason).toBe('payment_declined');
    const flight = await flightOf(order.id, customer.token);

    isSound(flight);
    expect(named(flight, 'payment-service: provider charge')).toMatchObject({ status: 'error', attributes: { 'tandem.provider.answer': 'declined' } });
    expect(causesOf(flight, 'product-service: release stock')).toEqual([
      ...toCharge,
      'payment-service: publish payment.failed',
      'order-service: process payment.failed',
      'order-service: store order.failed',
      'order-service: publish order.failed',
      'product-service: process order.failed',
      'product-service: release stock',
    ]);
    expect(named(flight, 'product-service: release stock').attributes).toMatchObject({ 'tandem.stock.outcome': 'released' });
  });

  it('a cancellation is a trace of its own in the same flight, with the refund', async () => {
    const order = await buyOne('34.00');
    const before = await flightOf(order.id, customer.token);
    expect((await post(`/api/orders/${order.id}/cancel`, undefined, customer.token)).status).toBe(200);
    const isRefunded = (flight: Flight) => flight.spans.some((span) => label(span) === 'order-service: store payment.refunded');
    const flight = await flightOf(order.id, customer.token, isRefunded);

    isSound(flight);
    expect(flight.spans.length).toBeGreaterThan(before.spans.length);
    expect(new Set(flight.spans.map((span) => span.trace_id)).size).toBe(2);
    expect(causesOf(flight, 'order-service: publish order.cancelled')[0]).toBe('gateway: POST /api/orders/{id}/cancel');
    expect(named(flight, 'payment-service: provider refund').attributes).toMatchObject({ 'tandem.provider.answer': 'refunded' });
    expect(named(flight, 'product-service: release stock').attributes).toMatchObject({ 'tandem.stock.outcome': 'restocked' });
  });

  it('is shown to its owner and to administrators, to nobody else', async () => {
    const order = await buyOne('35.00');
    await flightOf(order.id, customer.token);
    const stranger = await newCustomer();
    expect((await askForFlight(order.id, stranger.token)).status).toBe(404);
    expect((await askForFlight(order.id, boss)).status).toBe(200);
    expect((await askForFlight(order.id)).status).toBe(401);
    expect((await askForFlight(order.id + 1_000_000, customer.token)).status).toBe(404);

    const door = await atMonolith();
    expect((await askForFlight(order.id, door.token)).status, 'a token of the other shop').toBe(401);
  });

  it('looking at somebody else\'s order makes nobody its owner', async () => {
    const stranger = await newCustomer();
    const order = await buyOne('36.00');
    for (const path of ['', '/status', '/events']) await callAt(shop.url(), 'GET', `/api/orders/${order.id}${path}`, { token: stranger.token });
    expect((await post(`/api/orders/${order.id}/cancel`, undefined, stranger.token)).status).toBe(404);
    await flightOf(order.id, customer.token);
    expect((await askForFlight(order.id, stranger.token)).status).toBe(404);
  });

  it('the shop needs no recorder', async () => {
    await without('flight-recorder', async () => {
      const began = Date.now();
      expect((await buyOne('37.00')).status).toBe('paid');
      expect(Date.now() - began).toBeLessThan(10_000);
    });
    process.kill(pidOf('flight-recorder'), 'SIGKILL');
    expect((await buyOne('38.00')).status).toBe('paid');
    await eventually('new orders have a flight again', async () => {
      const order = await buyOne('39.00');
      return (await flightOf(order.id, customer.token)).spans.length > 20;
    });
  });
});

async function atMonolith() {
  const call = async (method: string, path: string, token?: string, body?: unknown) => callAt(shop.monolith(), method, path, { token, body });
  const person = { email: `customer-${randomUUID()}@example.com`, password: 'a long enough password' };
  const { id } = (await call('POST', '/api/auth/register', undefined, { ...person, full_name: 'Test Customer' })).json;
  const { access_token: token } = (await call('POST', '/api/auth/login', undefined, person)).json;
  const login = { email: shop.adminEmail(), password: shop.adminPassword() };
  const { access_token: administrator } = (await call('POST', '/api/auth/login', undefined, login)).json;
  return { id, token, administrator, call };
}

describe('monolith', () => {
  it('an order is one request, and each step that the customer waits for', async () => {
    const door = await atMonolith();
    const thing = { name: `Thing ${randomUUID()}`, description: 'Made for a test.', price: '41.00', initial_inventory: 5 };
    const product = (await door.call('POST', '/api/products', door.administrator, thing)).json;
    await door.call('POST', '/api/cart/items', door.token, { product_id: product.id, quantity: 1 });
    const order = (await door.call('POST', '/api/checkout', door.token, {})).json;
    const flight = await flightOf(order.id, door.token);

    isSound(flight);
    expect(new Set(flight.spans.map((span) => span.trace_id)).size).toBe(1);
    const request = named(flight, 'monolith: POST /api/checkout');
    expect(flight.spans.filter((span) => span.parent_span_id === request.span_id).map((span) => span.name)).toEqual([
      'begin transaction',
      'draw order number',
      'read cart',
      'lock stock',
      'reserve stock',
      'store order.created',
      'store order.processing',
      'store payment intent',
      'hold payment',
      'provider charge',
      'capture payment',
      'sell stock',
      'store order.paid',
      'send mail order_paid',
      'store email.sent',
      'empty cart',
      'commit',
    ]);
    expect(named(flight, 'monolith: store order.paid').attributes).toMatchObject({ 'tandem.order_id': order.id, 'enduser.id': String(door.id) });
    expect(causesOf(flight, 'payment-provider: POST /v1/charges').slice(1)).toEqual([
      'monolith: provider charge',
      'monolith: POST /v1/charges',
      'payment-provider: POST /v1/charges',
    ]);
    expect((await askForFlight(order.id, customer.token)).status, 'a token of the other shop').toBe(401);
    expect((await askForFlight(order.id, (await atMonolith()).token)).status).toBe(404);
  });

  it('a cancellation goes through its queues', async () => {
    const door = await atMonolith();
    const thing = { name: `Thing ${randomUUID()}`, description: 'Made for a test.', price: '42.00', initial_inventory: 5 };
    const product = (await door.call('POST', '/api/products', door.administrator, thing)).json;
    const order = (await door.call('POST', '/api/checkout', door.token, { items: [{ product_id: product.id, quantity: 1 }] })).json;
    await door.call('POST', `/api/orders/${order.id}/cancel`, door.token);
    const isRefunded = (flight: Flight) => flight.spans.some((span) => span.name === 'store payment.refunded');
    const flight = await flightOf(order.id, door.token, isRefunded);

    isSound(flight);
    expect(causesOf(flight, 'monolith: release stock')).toEqual([
      'monolith: POST /api/orders/{id}/cancel',
      'monolith: store order.cancelled',
      'monolith: process order.cancelled',
      'monolith: release stock',
    ].map((name) => expect.stringContaining(name)));
    expect(named(flight, 'monolith: provider refund').attributes).toMatchObject({ 'tandem.provider.answer': 'refunded' });
  });
});
