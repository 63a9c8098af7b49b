// What the flight recorder knows of an order.
import { shop } from './shop.ts';
import { eventually } from './wait.ts';

export interface Span {
  trace_id: string;
  span_id: string;
  parent_span_id: string | null;
  service: string;
  name: string;
  kind: 'server' | 'client' | 'internal' | 'producer' | 'consumer';
  start_us: number;
  duration_us: number;
  status: 'ok' | 'error' | 'unset';
  status_message?: string;
  attributes: Record<string, string | number | boolean>;
}

export interface Flight {
  order_id: number;
  is_complete: boolean;
  spans: Span[];
}

export async function askForFlight(order: number | string, token?: string): Promise<Response> {
  return fetch(`${shop.flightRecorder()}/orders/${order}/flight`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
}

/** The flight, once nothing more is to be expected. */
export async function flightOf(order: number, token: string, has: (flight: Flight) => boolean = () => true): Promise<Flight> {
  return eventually(`the flight of order ${order} is complete`, async () => {
    const answer = await askForFlight(order, token);
    const flight = answer.status === 200 ? ((await answer.json()) as Flight) : undefined;
    return flight?.is_complete && has(flight) ? flight : undefined;
  });
}

export const label = (span: Span) => `${span.service}: ${span.name}`;

export function named(flight: Flight, name: string): Span {
  const found = flight.spans.filter((span) => label(span) === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are called '${name}': ${flight.spans.map(label).join(', ')}`);
  return found[0]!;
}

/** What led to a span, from the request on. */
export function causesOf(flight: Flight, name: string): string[] {
  const byId = new Map(flight.spans.map((span) => [span.span_id, span]));
  const causes: string[] = [];
  for (let span: Span | undefined = named(flight, name); span; span = byId.get(span.parent_span_id ?? '')) causes.unshift(label(span));
  return causes;
}

/** The spans whose parent is neither there nor absent on purpose. */
export function orphans(flight: Flight): string[] {
  const known = new Set(flight.spans.map((span) => span.span_id));
  return flight.spans.filter((span) => span.parent_span_id !== null && !known.has(span.parent_span_id)).map(label);
}

/** The spans that began before what caused them. */
export function premature(flight: Flight): string[] {
  const start = new Map(flight.spans.map((span) => [span.span_id, span.start_us]));
  return flight.spans.filter((span) => span.start_us < (start.get(span.parent_span_id ?? '') ?? 0)).map(label);
}
