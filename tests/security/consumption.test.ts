// OWASP API10: what others answer is believed no more than what customers send. Broken outcomes at the honest provider, found and counted
// once: flow/purchase.test.ts, flow/compensations.test.ts.
import { beforeAll, describe, expect, it } from 'vitest';
import { get, post } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { withSettings } from '../support/parts.ts';
import { newCustomer } from '../support/people.ts';
import { architecture } from '../support/shop.ts';
import { makeWorld, world } from './support/access.ts';
import { type Asked, rogueAnswers, whole, withRogue } from './support/rogue.ts';

beforeAll(makeWorld);

const payer = () => (architecture.isMonolith() ? 'monolith' : 'payment-service');
const patience = { PROVIDER_TIMEOUT_MS: '1000', BREAKER_FAILURES: '1000', PAYMENT_RETRY_MAX_MS: '200' };
const items = () => [{ product_id: world.product, quantity: 1 }];

/** A provider whose first answer to a charge is `first`, and which is honest from then on. */
class Provider {
  first: ((elsewhere: string) => string | undefined) | undefined;
  charges = new Map<string, string>();
  keys: string[] = [];
  elsewhere = 'http://127.0.0.1:9';

  answer({ method, target, head, body }: Asked): string | undefined {
    if (method === 'GET') {
      const order = /order_id=(\d+)/.exec(target)?.[1];
      const id = this.charges.get(`charge-order-${order}`);
      return whole(200, JSON.stringify({ charges: id ? [{ id, status: 'succeeded' }] : [] }));
    }
    const key = /^idempotency-key: (\S+)/im.exec(head)![1]!;
    this.keys.push(key);
    const rogue = this.first;
    this.first = undefined;
    if (rogue) return rogue(this.elsewhere);
    const id = this.charges.get(key) ?? `ch_${this.charges.size + 1}`;
    this.charges.set(key, id);
    return whole(201, JSON.stringify({ id, order_id: JSON.parse(body).order_id, status: 'succeeded' }));
  }
}

describe('a payment provider that answers', () => {
  const provider = new Provider();

  it('anything but sense is asked again under the same key; the order is paid once', () =>
    withRogue(
      () => whole(201, '{"id":"ch_elsewhere"}'),
      (elsewhere) =>
        withRogue(
          (asked) => provider.answer(asked),
          (url) =>
            withSettings(payer(), { ...patience, PROVIDER_URL: url }, async () => {
              provider.elsewhere = elsewhere;
              for (const [name, answer] of Object.entries(rogueAnswers)) {
                provider.first = answer;
                provider.keys = [];
                const order = await settled((await buy(world.tokens.owner, items())).id, world.tokens.owner);
                expect(order, name).toMatchObject({ status: 'paid', payment: { status: 'processed', amount: '7.00' } });
                expect(order.payment.transaction_id, name).toMatch(/^ch_\d+$/);
                expect(provider.charges.get(`charge-order-${order.id}`), name).toBe(order.payment.transaction_id);
                expect(new Set(provider.keys), name).toEqual(new Set([`charge-order-${order.id}`]));
                expect(JSON.stringify(order), name).not.toContain('hunter2');
              }
            }),
        ),
    ));

  it('a refusal of any length is a refusal, and of its words only so many are kept', () =>
    withRogue(
      () => whole(402, JSON.stringify({ message: `<script>alert(1)</script>${'no '.repeat(100_000)}` })),
      (url) =>
        withSettings(payer(), { ...patience, PROVIDER_URL: url }, async () => {
          const { token } = await newCustomer();
          const answer = await post('/api/checkout', { items: items() }, token);
          if (architecture.isMonolith()) {
            expect(answer.status).toBe(402);
            expect(answer.text.length).toBeLessThan(2_000);
            expect((await get('/api/orders', token)).json).toEqual([]);
          } else {
            const order = await settled(answer.json.id, token);
            expect(order).toMatchObject({ status: 'failed', reason: 'payment_declined' });
            expect((await get(`/api/orders/${order.id}/events`, token)).text.length).toBeLessThan(10_000);
          }
        }),
    ));
});

describe.skipIf(architecture.isMonolith())('a product service that answers', () => {
  const priceList: Record<string, () => string | undefined> = {
    ...rogueAnswers,
    'a price below zero': () => whole(200, JSON.stringify([{ id: world.product, name: 'Thing', price: '-7.00' }])),
    'a price with a thousand digits': () => whole(200, JSON.stringify([{ id: world.product, name: 'Thing', price: `${'9'.repeat(1_000)}.00` }])),
    'another product': () => whole(200, JSON.stringify([{ id: 1, name: 'Other', price: '0.01' }])),
    'a body without end': () => 'HTTP/1.1 200 So\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[    \r\n',
  } as Record<string, () => string | undefined>;

  it('anything but sense makes no order: the customer is asked to come again', async () => {
    let answer: () => string | undefined = () => undefined;
    const { token } = await newCustomer();
    await withRogue(
      () => answer(),
      (url) =>
        withSettings('order-service', { PRODUCT_URL: url }, async () => {
          for (const [name, next] of Object.entries(priceList)) {
            answer = next;
            const refused = await post('/api/checkout', { items: items() }, token);
            expect([404, 409, 422, 503, 504], `${name}: ${refused.text}`).toContain(refused.status);
            expect(refused.text, name).not.toMatch(/hunter2|OpenSSH|It works/);
          }
          expect((await get('/api/orders', token)).json).toEqual([]);
        }),
    );
  });
});
