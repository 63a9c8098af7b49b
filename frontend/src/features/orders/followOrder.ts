import { EventSourceParserStream } from 'eventsource-parser/stream';
import { open, send } from '../../api/door';
import { pause } from '../../api/pause';
import { Watchdog } from './watchdog';
import type { Architecture, OrderState, OrderStatus } from '../../api/types';

/** How news of the order comes at the moment. */
export type Means = 'stream' | 'polling';

export interface News {
  status: OrderStatus;
  means: Means;
}

const settled: OrderState[] = ['paid', 'shipped', 'delivered', 'failed', 'cancelled'];
const failures_before_polling = 2;
const poll_ms = 1000;
/** The shop says something every few seconds, if only that nothing is new; who is silent for so long is gone. */
const silence_ms = 40_000;

export const isSettled = (state: OrderState) => settled.includes(state);

/**
 * An order's states as they come, until only a person can change it. By server-sent events (with the token in a
 * header, so by fetch: the browser's EventSource knows no headers), taken up again after the last event that was
 * seen; when that fails twice in a row, by asking. Ends quietly when `signal` aborts.
 */
export async function* followOrder(
  architecture: Architecture,
  order_id: number,
  signal: AbortSignal,
): AsyncGenerator<News> {
  let last = null as { id: string; state: OrderState } | null;
  let failures = 0;
  while (!signal.aborted) {
    if (failures < failures_before_polling) {
      try {
        for await (const { id, status } of stream(architecture, order_id, last?.id ?? null, signal)) {
          failures = 0;
          last = { id, state: status.status };
          yield { status, means: 'stream' };
        }
        ++failures; // an end before the order is settled counts like a failure
      } catch {
        ++failures;
      }
      if (signal.aborted || (last && isSettled(last.state))) {
        return;
      }
    }
    const polled = await send<OrderStatus>(architecture, { path: `/api/orders/${order_id}/status` }, signal);
    if (polled.data) {
      yield { status: polled.data, means: 'polling' };
      if (isSettled(polled.data.status)) {
        return;
      }
    }
    await pause(poll_ms, signal);
  }
}

async function* stream(
  architecture: Architecture,
  order_id: number,
  after: string | null,
  signal: AbortSignal,
) {
  const headers = after ? { 'Last-Event-ID': after } : {};
  const call = { path: `/api/orders/${order_id}/stream`, headers };
  const silence = new Watchdog(silence_ms);
  const response = await open(architecture, call, AbortSignal.any([signal, silence.signal]));
  if (!response.ok || !response.body) {
    silence.end();
    throw new Error(`the stream answered ${response.status}`);
  }
  const reader = response.body
    .pipeThrough(silence.observed())
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield { id: next.value.id ?? '', status: JSON.parse(next.value.data) as OrderStatus };
    }
  } finally {
    silence.end();
    await reader.cancel().catch(() => undefined);
  }
}
