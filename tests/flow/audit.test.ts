// ./tandem audit: finds nothing in a shop that was used, and finds what somebody changed in a database.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callAt } from '../support/client.ts';
import { finalStates } from '../support/orders.ts';
import { type Keeper, shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { rows } from '../support/world.ts';

const patience = 180_000;
const password = 'a long enough password';

interface Bought {
  id: number;
  promise: string;
}

interface Run {
  exitCode: number;
  output: string;
}

function audit(...words: string[]): Promise<Run> {
  const env = { ...process.env, ...shop.environment() };
  return new Promise((resolve) => {
    execFile(shop.command(), ['audit', ...words], { env, maxBuffer: 64 << 20 }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

async function signedIn(door: string, email: string, secret: string): Promise<string> {
  return (await callAt(door, 'POST', '/api/auth/login', { body: { email, password: secret } })).json.access_token;
}

/** Buys once, and notes what was promised. */
async function buy(door: string, token: string, user: number, product: number): Promise<Bought> {
  const key = randomUUID();
  const body = { items: [{ product_id: product, quantity: 1 }] };
  const answer = await callAt(door, 'POST', '/api/checkout', { token, body, headers: { 'idempotency-key': key } });
  expect(answer.status, answer.text).toBe(200);
  const { id, total_amount } = answer.json;
  await eventually(`order ${id} ends`, async () => finalStates.includes((await callAt(door, 'GET', `/api/orders/${id}`, { token })).json.status));
  return { id, promise: JSON.stringify({ order_id: id, idempotency_key: key, user_id: user, total_amount }) };
}

/** Paid, shipped, and cancelled purchases; in the microservices one that fails, too. */
async function shopAround(door: string): Promise<Bought[]> {
  const boss = await signedIn(door, shop.adminEmail(), shop.adminPassword());
  const email = `auditor-${randomUUID()}@example.com`;
  const user = (await callAt(door, 'POST', '/api/auth/register', { body: { email, password, full_name: 'An Auditor' } })).json.id;
  const token = await signedIn(door, email, password);
  const thing = (price: string) =>
    callAt(door, 'POST', '/api/products', { token: boss, body: { name: `Thing ${randomUUID()}`, description: '', price, initial_inventory: 10 } });
  const product = (await thing('4.00')).json.id;
  const bought: Bought[] = [];
  for (let i = 0; i < 3; ++i) bought.push(await buy(door, token, user, product));
  await callAt(door, 'PATCH', `/api/orders/${bought[1]!.id}/status`, { token: boss, body: { status: 'shipped' } });
  await callAt(door, 'POST', `/api/orders/${bought[2]!.id}/cancel`, { token });
  if (door === shop.url()) bought.push(await buy(door, token, user, (await thing('4.13')).json.id));
  return bought;
}

/** Does `work` while a statement's effect is there; `back` undoes it. */
async function tampered(keeper: Keeper, change: string, back: string, order: number, work: () => Promise<void>): Promise<void> {
  await rows(keeper, change, [order]);
  try {
    await work();
  } finally {
    await rows(keeper, back, [order]);
  }
}

let folder: string;
let promises: string;
let atGateway: Bought[];
let atMonolith: Bought[];

beforeAll(async () => {
  folder = mkdtempSync(`${tmpdir()}/audit-`);
  promises = `${folder}/promises.jsonl`;
  atGateway = await shopAround(shop.url());
  atMonolith = await shopAround(shop.monolith());
  writeFileSync(promises, [...atGateway, ...atMonolith].map(({ promise }) => `${promise}\n`).join(''));
}, patience);
afterAll(() => rmSync(folder, { recursive: true }));

it('finds no violation in either shop after purchases', { timeout: patience }, async () => {
  const run = await audit('--json', '--wait-ms', '120000', '--promises', promises);
  expect(run.exitCode, run.output).toBe(0);
  const { verdict, audits } = JSON.parse(run.output);
  expect(verdict).toBe('lawful');
  expect(audits.map((each: any) => [each.architecture, each.calm])).toEqual([
    ['microservices', 'at_rest'],
    ['monolith', 'at_rest'],
  ]);
  expect(audits.map((each: any) => each.laws[0].looked_at.promises)).toEqual([atGateway.length, atMonolith.length]);
});

it('finds an order that was changed in the database, at both doors', { timeout: patience }, async () => {
  const [gateway, monolith] = [atGateway[0]!.id, atMonolith[0]!.id];
  await tampered('order', 'UPDATE orders SET total_cents = total_cents + 1 WHERE id = $1', 'UPDATE orders SET total_cents = total_cents - 1 WHERE id = $1', gateway, async () => {
    const run = await audit('--arch=microservices', '--wait-ms', '60000');
    expect(run.exitCode, run.output).toBe(1);
    expect(run.output).toContain(`order ${gateway}: total is 4.01, its events say 4.00`);
    expect(run.output).toContain(`order ${gateway} costs 4.01, and the provider keeps 4.00`);
  });
  await tampered('monolith', "UPDATE orders.orders SET status = 'shipped' WHERE id = $1", "UPDATE orders.orders SET status = 'paid' WHERE id = $1", monolith, async () => {
    const run = await audit('--arch=monolith', '--wait-ms', '60000');
    expect(run.exitCode, run.output).toBe(1);
    expect(run.output).toContain(`order ${monolith}: status is shipped, its events say paid`);
  });
  expect((await audit('--wait-ms', '60000')).exitCode).toBe(0);
});

it('finds a promise that was not kept', { timeout: patience }, async () => {
  const lost = `${folder}/lost.jsonl`;
  writeFileSync(lost, '{"order_id":999999999,"user_id":1,"total_amount":"1.00"}\n');
  const run = await audit('--arch=microservices', '--wait-ms', '60000', '--promises', lost);
  expect(run.exitCode, run.output).toBe(1);
  expect(run.output).toContain('order 999999999 was accepted and is not there');
});

it('says that it could not look when a database is not there', { timeout: patience }, async () => {
  const env = { ...shop.environment(), TANDEM_STATE: `${folder}/nowhere` };
  const run = await new Promise<Run>((resolve) => {
    execFile(shop.command(), ['audit'], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
  expect(run).toEqual({ exitCode: 2, output: 'tandem: there is no shop to audit; ./tandem up starts it\n' });
});
