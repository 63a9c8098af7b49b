import { randomUUID } from 'node:crypto';
import { get, post } from './client.ts';
import { shop } from './shop.ts';
import { eventually } from './wait.ts';

export const finalStates = ['paid', 'failed', 'cancelled', 'shipped', 'delivered'];

/** Checks given items out and gives the answer's order. */
export async function buy(token: string, items: { product_id: number; quantity: number; price?: string }[], key: string = randomUUID()) {
  const answer = await post('/api/checkout', { items, payment_method: 'credit_card' }, token, { 'idempotency-key': key });
  if (answer.status !== 200) throw new Error(`checkout answered ${answer.status}: ${answer.text}`);
  return answer.json;
}

/** Polls until the order is in a final state, and gives it. */
export async function settled(order: number, token: string, timeoutMs = 30_000) {
  await eventually(
    `order ${order} reaches a final state`,
    async () => {
      const answer = await get(`/api/orders/${order}/status`, token);
      return answer.status === 200 && finalStates.includes(answer.json.status);
    },
    timeoutMs,
  );
  return (await get(`/api/orders/${order}`, token)).json;
}

export interface StreamEvent {
  id: string;
  event: string;
  data: any;
}

/** Reads an order's event stream to its end. */
export async function streamed(order: number, token: string, lastEventId?: string, timeoutMs = 30_000): Promise<StreamEvent[]> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
  const response = await fetch(`${shop.url()}/api/orders/${order}/stream`, { headers, signal: AbortSignal.timeout(timeoutMs) });
  if (response.headers.get('content-type')?.split(';')[0] !== 'text/event-stream') {
    throw new Error(`the stream is ${response.status} ${response.headers.get('content-type')}`);
  }
  return events(await response.text());
}

export function events(text: string): StreamEvent[] {
  return text
    .split('\n\n')
    .map((block) => Object.fromEntries(block.split('\n').filter((line) => /^\w+: ?/.test(line)).map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1).trim()])))
    .filter((fields) => 'data' in fields)
    .map((fields) => ({ id: fields.id ?? '', event: fields.event ?? 'message', data: JSON.parse(fields.data!) }));
}
