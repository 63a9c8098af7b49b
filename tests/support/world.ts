// The world outside the shop: the payment provider, the mailbox, and (read only) the services' databases.
import pg from 'pg';
import { type Keeper, shop } from './shop.ts';

export interface Behaviour {
  delay_ms: number;
  jitter_ms: number;
  failure_rate: number;
  outage: boolean;
}

export async function behaviour(): Promise<Behaviour> {
  return (await (await fetch(`${shop.provider()}/v1/behaviour`)).json()) as Behaviour;
}

/** Changes how the provider behaves; gives back what it was, to be restored. */
export async function behave(change: Partial<Behaviour>): Promise<Behaviour> {
  const before = await behaviour();
  const response = await fetch(`${shop.provider()}/v1/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...before, ...change }),
  });
  if (!response.ok) throw new Error(`the provider refused ${JSON.stringify(change)}: ${await response.text()}`);
  return before;
}

/** What the provider holds for an order. */
export async function charges(order: number): Promise<any[]> {
  const answer = await (await fetch(`${shop.provider()}/v1/charges?order_id=${order}`)).json();
  return Array.isArray(answer) ? answer : (answer as any).charges;
}

/** What the payment service has made of an order: 'pending', 'processed', 'failed', 'voided', 'refunding', 'refunded'. */
export async function paymentState(order: number): Promise<string | undefined> {
  return (await rows('payment', 'SELECT status FROM payments WHERE order_id = $1', [order]))[0]?.status;
}

/** Everything that ever happened at the provider, oldest first. */
export async function ledger(): Promise<any[]> {
  const all: any[] = [];
  for (let after = 0; ; ) {
    const { entries } = (await (await fetch(`${shop.provider()}/v1/ledger?after=${after}&limit=1000`)).json()) as any;
    if (entries.length === 0) return all;
    all.push(...entries);
    after = Number(entries.at(-1).sequence);
  }
}

export interface Mail {
  id: string;
  subject: string;
  to: { address: string }[];
  from: { address: string }[];
  text: string;
  html: string;
  headers: Record<string, string>;
}

export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${shop.mail()}/api/email?to.address=${encodeURIComponent(address)}`);
  const answer = (await response.json()) as any;
  return (Array.isArray(answer) ? answer : answer.emails ?? answer.data) as Mail[];
}

export async function subjectsOfAllMails(): Promise<string[]> {
  const subjects: string[] = [];
  for (let total = 1; subjects.length < total; ) {
    const page = (await (await fetch(`${shop.mail()}/api/email/summary?skip=${subjects.length}&limit=200`)).json()) as any;
    subjects.push(...page.items.map((mail: any) => mail.subject));
    total = page.items.length === 0 ? 0 : page.total;
  }
  return subjects;
}

const pools = new Map<string, pg.Pool>();

export async function rows<T = any>(service: Keeper, sql: string, values: unknown[] = []): Promise<T[]> {
  let pool = pools.get(service);
  if (!pool) {
    pool = new pg.Pool({ connectionString: shop.database(service), max: 2 });
    pool.on('error', () => undefined);
    pools.set(service, pool);
  }
  return (await pool.query(sql, values)).rows as T[];
}
