import { nanoid } from '@reduxjs/toolkit';
import { send } from '../../api/door';
import { pause } from '../../api/pause';
import type { Architecture, CheckoutBody, Order, OrderEvent, OrderState } from '../../api/types';

/** One customer's purchase at one door. Times count from the click, by the browser's clock, in milliseconds. */
export interface Run {
  state: 'sent' | 'accepted' | 'confirmed' | 'failed';
  order_id: number | null;
  /** The shop has answered the checkout. */
  accepted_ms: number | null;
  /** Paid, and the confirmation mail is out. */
  confirmed_ms: number | null;
  steps: Step[];
  problem: string | null;
}

/** An entry of the order's history. `at_ms` counts from the order's first entry, by the shop's clock. */
export interface Step {
  type: OrderEvent['type'];
  at_ms: number;
}

export const sent: Run = {
  state: 'sent',
  order_id: null,
  accepted_ms: null,
  confirmed_ms: null,
  steps: [],
  problem: null,
};

const poll_ms = 100;
const patience_ms = 120_000;
const lost: OrderState[] = ['failed', 'cancelled'];

export function stepsOf(events: OrderEvent[]): Step[] {
  const begin = Date.parse(events[0]?.created_at ?? '');
  return events.map(({ type, created_at }) => ({ type, at_ms: Math.max(0, Date.parse(created_at) - begin) }));
}

/** Checks out once and follows the order until its mail is out. `elapsed` tells the time since the click. */
export async function* race(
  architecture: Architecture,
  body: CheckoutBody,
  elapsed: () => number,
  signal: AbortSignal,
): AsyncGenerator<Run> {
  const answer = await send<Order>(
    architecture,
    {
      path: '/api/checkout',
      method: 'POST',
      body,
      headers: { 'Idempotency-Key': nanoid(32) },
      timeout_ms: patience_ms,
    },
    signal,
  );
  if (answer.error) {
    yield { ...sent, state: 'failed', problem: answer.error.detail || answer.error.title || '' };
    return;
  }
  const order_id = answer.data.id;
  let run: Run = { ...sent, state: 'accepted', order_id, accepted_ms: elapsed() };
  yield run;
  while (!signal.aborted && elapsed() < patience_ms) {
    const events = await send<OrderEvent[]>(architecture, { path: `/api/orders/${order_id}/events` }, signal);
    if (events.data) {
      run = withEvents(run, events.data, elapsed());
      yield run;
    }
    if (run.state !== 'accepted') {
      return;
    }
    await pause(poll_ms, signal);
  }
}

function withEvents(run: Run, events: OrderEvent[], now_ms: number): Run {
  const types = events.map(({ type }) => type);
  const steps = stepsOf(events);
  if (types.some((type) => lost.some((state) => type === `order.${state}`))) {
    return { ...run, steps, state: 'failed' };
  }
  return types.includes('order.paid') && types.includes('email.sent')
    ? { ...run, steps, state: 'confirmed', confirmed_ms: now_ms }
    : { ...run, steps };
}

/** The middle one; of an even number the lower of the two. */
export function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
