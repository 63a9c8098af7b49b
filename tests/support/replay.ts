// Law 6: what the order service shows of an order is what its events say.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { shop } from './shop.ts';
import { rows } from './world.ts';

async function projection(): Promise<string[]> {
  const orders = await rows('order', 'SELECT * FROM orders ORDER BY id');
  const items = await rows('order', 'SELECT * FROM order_items ORDER BY order_id, line');
  return [...orders, ...items].map((row) => JSON.stringify(row));
}

function rebuild(): string {
  const env = { DATABASE_URL: shop.database('order'), RABBITMQ_URL: shop.rabbitmq() };
  return execFileSync(`${dirname(shop.command())}/order_service`, ['--rebuild-projection'], { encoding: 'utf8', env });
}

/** Replays every order's events with the shop's own command, and compares all rows before and after. The shop must be at rest. */
export async function replayDepartures(): Promise<string[]> {
  const before = await projection();
  const said = rebuild();
  const after = new Set(await projection());
  const lost = before.filter((row) => !after.has(row)).map((row) => `is not what the events say: ${row}`);
  if (after.size !== before.length) lost.push(`there were ${before.length} rows of orders, their events make ${after.size}`);
  return said.endsWith('; 0 rows differed.\n') ? lost : [said.trim(), ...lost];
}
