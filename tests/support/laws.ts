// The laws of the shop (ARCHITECTURE.md), checked over all databases and the provider's ledger.
import { queues } from './broker.ts';
import { shop } from './shop.ts';
import { eventually } from './wait.ts';
import { rows, subjectsOfAllMails } from './world.ts';

type Violation = string;

export async function ledger(): Promise<any[]> {
  const entries: any[] = [];
  for (let after = 0; ; ) {
    const answer = (await (await fetch(`${shop.provider()}/v1/ledger?after=${after}&limit=1000`)).json()) as any;
    const page: any[] = Array.isArray(answer) ? answer : (answer.entries ?? answer.items);
    if (page.length === 0) return entries;
    entries.push(...page);
    after = Number(page.at(-1).sequence ?? page.at(-1).id);
  }
}

function cents(amount: string): number {
  return Math.round(Number(amount) * 100);
}

/** Law 2: captured minus refunded equals the total of paid orders, per order. */
async function money(orders: any[]): Promise<Violation[]> {
  const kept = new Map<number, number>();
  for (const entry of await ledger()) {
    const sign = entry.kind === 'refund' ? -1 : 1;
    if (entry.status === 'declined') continue;
    kept.set(Number(entry.order_id), (kept.get(Number(entry.order_id)) ?? 0) + sign * cents(entry.amount));
  }
  return orders
    .map((order) => {
      const due = ['paid', 'shipped', 'delivered'].includes(order.status) ? Number(order.total_cents) : 0;
      return (kept.get(Number(order.id)) ?? 0) === due ? '' : `order ${order.id} is ${order.status}: due ${due}, kept ${kept.get(Number(order.id)) ?? 0}`;
    })
    .filter((text) => text !== '');
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

/** Law 4: every paid order has its confirmation, every failed or cancelled one its notice. Duplicates are allowed. */
async function mails(orders: any[]): Promise<Violation[]> {
  const subjects = (await subjectsOfAllMails()).join('\n');
  return orders
    .filter((order) => !new RegExp(`${order.status === 'paid' ? 'Order Confirmation' : '.*'} - Order #${order.id}$`, 'm').test(subjects))
    .map((order) => `order ${order.id} is ${order.status} and nobody was told by mail`);
}

/** Law 6, in part: each projection is as new as its order's last event. */
async function projections(): Promise<Violation[]> {
  const stale = await rows(
    'order',
    `SELECT o.id, o.version, e.version AS last FROM orders o
      JOIN (SELECT order_id, max(version) AS version, count(*) AS events FROM order_events GROUP BY order_id) e ON e.order_id = o.id
      WHERE o.version <> e.version OR e.events <> e.version`,
  );
  return stale.map((row) => `order ${row.id} is at version ${row.version}, its events at ${row.last}`);
}

async function deadLetters(): Promise<Violation[]> {
  const all = await queues();
  return all.filter((queue) => queue.name.endsWith('.dlq') && queue.messages > 0).map((queue) => `${queue.name} holds ${queue.messages}`);
}

/** Law 1: every order that was accepted exists and has ended. Gives the violations of all laws. `accepted`: at most the
 *  last few hundred orders, since the mailbox forgets. */
export async function violations(accepted: number[]): Promise<Violation[]> {
  const orders = await rows('order', 'SELECT id, status, total_cents FROM orders');
  const byId = new Map(orders.map((order) => [Number(order.id), order]));
  const lost = accepted.filter((id) => !byId.has(id)).map((id) => `order ${id} was accepted and is lost`);
  const unfinished = orders.filter((order) => ['pending', 'processing'].includes(order.status)).map((order) => `order ${order.id} is still ${order.status}`);
  const mailed = accepted.map((id) => byId.get(id)).filter((order) => order !== undefined);
  return [
    ...lost,
    ...unfinished,
    ...(await money(orders)),
    ...(await stock()),
    ...(await mails(mailed)),
    ...(await outboxes()),
    ...(await deadLetters()),
    ...(await projections()),
  ];
}

/** Waits until the shop is at rest and lawful; throws with what is still violated. */
export async function lawful(accepted: number[], timeoutMs = 90_000): Promise<void> {
  let last: Violation[] = [];
  await eventually(
    'the laws hold',
    async () => {
      last = await violations(accepted).catch((error: Error) => [`cannot be checked yet: ${error.message}`]);
      return last.length === 0;
    },
    timeoutMs,
    500,
  ).catch((error: Error) => {
    throw new Error(`${error.message}:\n${last.slice(0, 20).join('\n')}`);
  });
}
