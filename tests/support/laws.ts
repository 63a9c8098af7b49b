// The laws of the shop (ARCHITECTURE.md), checked over all databases, the queues, the provider's ledger and the mailbox.
import { queues } from './broker.ts';
import { replayDepartures } from './replay.ts';
import { eventually } from './wait.ts';
import { ledger, rows, subjectsOfAllMails } from './world.ts';

type Violation = string;

/** A checkout that was answered with success. */
export interface Accepted {
  user: number;
  key: string;
  order: number;
}

/** Law 1: each accepted checkout has one order, and these customers have no other; every order has ended. */
async function orderEach(accepted: Accepted[], orders: any[]): Promise<Violation[]> {
  const users = new Set(accepted.map(({ user }) => user));
  const theirs = orders.filter((order) => users.has(Number(order.user_id))).map((order) => Number(order.id));
  const answered = accepted.map(({ order }) => order);
  const keyed = await rows('order', 'SELECT user_id, key, order_id FROM keyed_orders WHERE user_id = ANY($1)', [[...users]]);
  const orderOf = new Map(keyed.map((row) => [`${row.user_id} ${row.key}`, Number(row.order_id)]));
  return [
    ...answered.filter((id) => !theirs.includes(id)).map((id) => `order ${id} was accepted and is lost`),
    ...answered.filter((id, i) => answered.indexOf(id) !== i).map((id) => `order ${id} was the answer to two checkouts`),
    ...theirs.filter((id) => !answered.includes(id)).map((id) => `order ${id} was the answer to no checkout`),
    ...accepted.filter(({ user, key, order }) => orderOf.get(`${user} ${key}`) !== order).map(({ key, order }) => `key ${key} does not stand for order ${order}`),
    ...orders.filter((order) => ['pending', 'processing'].includes(order.status)).map((order) => `order ${order.id} is still ${order.status}`),
  ];
}

/** Both shops pay at one card network; the monolith numbers its orders from here on. */
const firstOfMonolith = 1_000_000_001;

interface Account {
  charges: number;
  keptCents: number;
}

function cents(amount: string): number {
  return Math.round(Number(amount) * 100);
}

async function accounts(): Promise<Map<number, Account>> {
  const books = new Map<number, Account>();
  for (const entry of await ledger()) {
    if (entry.status !== 'succeeded' || Number(entry.order_id) >= firstOfMonolith) continue;
    const account = books.get(Number(entry.order_id)) ?? { charges: 0, keptCents: 0 };
    account.charges += entry.kind === 'charge' ? 1 : 0;
    account.keptCents += (entry.kind === 'charge' ? 1 : -1) * cents(entry.amount);
    books.set(Number(entry.order_id), account);
  }
  return books;
}

/** Law 2: captured minus refunded equals the total of paid orders, per order, in one charge; and each charge has its order. */
async function money(orders: any[]): Promise<Violation[]> {
  const books = await accounts();
  const byId = new Map(orders.map((order) => [Number(order.id), order]));
  const found: Violation[] = [];
  for (const id of new Set([...byId.keys(), ...books.keys()])) {
    const order = byId.get(id);
    const { charges, keptCents } = books.get(id) ?? { charges: 0, keptCents: 0 };
    const due = ['paid', 'shipped', 'delivered'].includes(order?.status) ? Number(order.total_cents) : 0;
    if (!order) found.push(`order ${id} does not exist, and was charged`);
    if (keptCents !== due) found.push(`order ${id} is ${order?.status ?? 'unknown'}: due ${due}, kept ${keptCents}`);
    if (charges > 1) found.push(`order ${id} was charged ${charges} times`);
  }
  return found;
}

/** Law 3: stock adds up, is never negative, and at rest nothing is reserved. */
async function stock(): Promise<Violation[]> {
  const bad = await rows(
    'product',
    `SELECT product_id, initial, restocked, available, reserved, sold FROM stock
      WHERE initial + restocked <> available + reserved + sold OR available < 0 OR sold < 0 OR reserved <> 0`,
  );
  return bad.map((row) => `stock of product ${row.product_id}: ${JSON.stringify(row)}`);
}

const subjects: Record<string, string> = {
  'order.paid': 'Order Confirmation',
  'order.failed': 'Order Failed',
  'order.cancelled': 'Order Cancelled',
  'order.shipped': 'Order Shipped',
};

/** Law 4: the customer was told of each turn that an order took; of a paid one that was cancelled, twice. Duplicates are allowed. */
async function mails(accepted: Accepted[]): Promise<Violation[]> {
  const sent = new Set(await subjectsOfAllMails());
  const turns = await rows('order', 'SELECT order_id, event_type FROM order_events WHERE order_id = ANY($1) AND event_type = ANY($2)', [
    accepted.map(({ order }) => order),
    Object.keys(subjects),
  ]);
  return turns
    .map((turn) => `${subjects[turn.event_type]} - Order #${turn.order_id}`)
    .filter((subject) => !sent.has(subject))
    .map((subject) => `nobody was sent "${subject}"`);
}

/** Law 5: outboxes are empty. */
async function outboxes(): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const service of ['payment', 'product', 'user'] as const) {
    const [row] = await rows(service, 'SELECT count(*)::int AS waiting FROM outbox');
    if (row.waiting > 0) found.push(`${service}: ${row.waiting} events wait in the outbox`);
  }
  const [row] = await rows('order', 'SELECT count(*)::int AS waiting FROM order_events WHERE routing_key IS NOT NULL AND published_at IS NULL');
  if (row.waiting > 0) found.push(`order: ${row.waiting} events wait in the outbox`);
  return found;
}

/** Law 5: so is every queue: nothing waits, is retried, or was given up. */
async function waiting(): Promise<Violation[]> {
  const ours = (await queues()).filter(({ name }) => /_queue(\.retry\.\d+|\.dlq)?$/.test(name));
  if (ours.length === 0) return ['the broker has no queues'];
  return ours.filter(({ messages }) => messages > 0).map(({ name, messages }) => `${name} holds ${messages}`);
}

/** The violations of all laws but the sixth. `accepted`: at most the last few hundred checkouts, since the mailbox forgets. */
export async function violations(accepted: Accepted[]): Promise<Violation[]> {
  const orders = await rows('order', 'SELECT id, user_id, status, total_cents FROM orders');
  return [
    ...(await orderEach(accepted, orders)),
    ...(await money(orders)),
    ...(await stock()),
    ...(await mails(accepted)),
    ...(await outboxes()),
    ...(await waiting()),
  ];
}

function refuse(why: string, found: Violation[]): never {
  throw new Error(`${why}:\n${found.slice(0, 20).join('\n')}`);
}

/** Waits until the shop is at rest and lawful; throws with what is still violated. */
export async function lawful(accepted: Accepted[], timeoutMs = 90_000): Promise<void> {
  let last: Violation[] = [];
  await eventually(
    'the laws hold',
    async () => {
      last = await violations(accepted).catch((error: Error) => [`cannot be checked yet: ${error.message}`]);
      return last.length === 0;
    },
    timeoutMs,
    500,
  ).catch((error: Error) => refuse(error.message, last));
  const departures = await replayDepartures();
  if (departures.length > 0) refuse('The projection departs from its replay', departures);
}
