import { describe, expect, it } from 'vitest';
import microservices from './fixtures/microservices.json';
import monolith from './fixtures/monolith.json';
import { span } from './fixtures/span';
import { type Diagram, readFlight, type Step } from './flight';
import type { Span } from './spans';

const read = (spans: unknown) => readFlight(spans as Span[])!;
const stepsOf = ({ rows }: Diagram) => rows.flatMap(({ step }) => step ?? []);
const told = ({ kind, from, to, label }: Step) => `${kind}: ${from} -> ${to}: ${label}`;
const pausesOf = ({ rows }: Diagram) => rows.flatMap(({ pause }) => pause ?? []);

describe('an order of the microservices', () => {
  const diagram = read(microservices.spans);

  it('has a lane for each participant, from the customer to the mail server', () => {
    expect(diagram.lanes).toEqual([
      'customer',
      'gateway',
      'order-service',
      'cart-service',
      'product-service',
      'rabbitmq',
      'payment-service',
      'payment-provider',
      'email-service',
      'mail-server',
    ]);
  });

  it('begins with the checkout, asked and passed on', () => {
    const begin = stepsOf(diagram).slice(0, 4).map(told);
    expect(begin).toEqual([
      'request: customer -> gateway: POST /api/checkout',
      'request: gateway -> order-service: POST /checkout',
      'request: order-service -> product-service: GET /products',
      'response: product-service -> order-service: 200',
    ]);
  });

  it('lets events go through the broker to everybody who processes them', () => {
    const events = stepsOf(diagram).map(told);
    expect(events).toContain('publish: order-service -> rabbitmq: order.paid');
    for (const service of ['product-service', 'cart-service', 'email-service']) {
      expect(events).toContain(`deliver: rabbitmq -> ${service}: order.paid`);
    }
  });

  it('tells a call to the provider once, and keeps what is folded into it', () => {
    const charges = diagram.activities.filter(({ to }) => to === 'payment-provider');
    expect(charges.map(({ label, answer }) => [label, answer])).toEqual([['provider charge', 'charged']]);
    expect(charges[0]?.spans.map(({ name }) => name)).toEqual([
      'POST /v1/charges',
      'provider charge',
      'POST /v1/charges',
    ]);
  });

  it('shows every span somewhere', () => {
    const shown = diagram.activities.flatMap(({ spans }) => spans.map(({ span_id }) => span_id));
    expect(new Set(shown).size).toBe(microservices.spans.length);
  });

  it('says what the long waits are for', () => {
    expect(pausesOf(diagram).map(({ reason }) => reason)).toEqual(['card', 'mail', 'mail']);
  });

  it('tells the time until the answer from the time until the end', () => {
    expect(diagram.answered_us! - diagram.start_us).toBe(10_012);
    expect(diagram.end_us - diagram.start_us).toBeGreaterThan(3_000_000);
  });
});

describe('an order of the monolith', () => {
  const diagram = read(monolith.spans);

  it('has the monolith and the world around it', () => {
    expect(diagram.lanes).toEqual(['customer', 'monolith', 'payment-provider', 'mail-server']);
  });

  it('lets the customer wait for all of it', () => {
    expect(diagram.bars.find(({ lane }) => lane === 'customer')).toMatchObject({
      start_us: diagram.start_us,
      end_us: diagram.end_us,
    });
  });

  it('stands what it does within the request beside the request', () => {
    const commit = diagram.bars.find(({ activity }) => activity.label === 'commit');
    expect(commit?.depth).toBe(1);
  });
});

describe('an incomplete or unhappy flight', () => {
  it('is nothing without spans', () => {
    expect(readFlight([])).toBeNull();
  });

  it('can be one span', () => {
    const diagram = read([span({ name: 'reserve stock' })]);
    expect(stepsOf(diagram).map(told)).toEqual(['work: order-service -> order-service: reserve stock']);
    expect(diagram.answered_us).toBeNull();
  });

  it('does not invent who called when the parent is missing', () => {
    const diagram = read([span({ kind: 'server', name: 'GET /products', parent_span_id: 'lost' })]);
    expect(stepsOf(diagram)[0]).toMatchObject({ from: null, to: 'order-service' });
  });

  it('shows a call that nobody has recorded the other end of', () => {
    const attributes = { 'http.request.method': 'GET', 'url.path': '/products' };
    const diagram = read([span({ kind: 'client', name: 'GET', status: 'error', attributes })]);
    expect(stepsOf(diagram).map(told)).toEqual([
      'request: order-service -> null: GET /products',
      'response: null -> order-service: error',
    ]);
  });

  it('counts a span that was recorded twice once', () => {
    const twice = span({});
    expect(stepsOf(read([twice, twice]))).toHaveLength(1);
  });

  it('marks errors, retries, redeliveries and what is undone', () => {
    const attempt = { 'tandem.payment.attempt': 2 };
    const redelivered = { 'tandem.message.redelivered': true };
    const dead = { 'tandem.message.outcome': 'dead_lettered', 'tandem.message.attempt': 5 };
    const diagram = read([
      span({ at_ms: 1, name: 'payment attempt', status: 'error' }),
      span({ at_ms: 2, name: 'payment attempt', attributes: attempt }),
      span({ at_ms: 3, name: 'process order.paid', kind: 'consumer', attributes: redelivered }),
      span({ at_ms: 4, name: 'process order.paid', kind: 'consumer', attributes: dead }),
      span({ at_ms: 5, name: 'provider refund', kind: 'client' }),
    ]);
    expect(diagram.activities.map(({ marks }) => marks)).toEqual([
      ['error'],
      ['retry'],
      ['retry'],
      ['error', 'retry'],
      ['compensation'],
    ]);
  });

  it('waits for the next attempt, and for the customer who cancels', () => {
    const attributes = { 'tandem.payment.attempt': 2 };
    const diagram = read([
      span({ at_ms: 0, service: 'payment-service', name: 'payment attempt' }),
      span({ at_ms: 500, service: 'payment-service', name: 'payment attempt', attributes }),
      span({ at_ms: 60_000, trace_id: 'b', kind: 'server', service: 'gateway', name: 'POST /cancel' }),
    ]);
    expect(pausesOf(diagram).map(({ reason }) => reason)).toEqual(['backoff', 'customer']);
  });

  it('takes the parts of the monolith that follow an order through its own queue', () => {
    const attributes = { 'messaging.system': 'postgresql' };
    const diagram = read([
      span({ kind: 'consumer', service: 'monolith', name: 'process order.paid', attributes }),
    ]);
    expect(diagram.lanes).toEqual(['monolith', 'queue-table']);
  });
});
