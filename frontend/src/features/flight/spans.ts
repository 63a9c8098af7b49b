export type SpanKind = 'server' | 'client' | 'internal' | 'producer' | 'consumer';

/** One thing that one service did, as the flight recorder tells it. Times are microseconds since 1970. */
export interface Span {
  trace_id: string;
  span_id: string;
  parent_span_id: string | null;
  service: string;
  name: string;
  kind: SpanKind;
  start_us: number;
  duration_us: number;
  status: 'ok' | 'error' | 'unset';
  status_message?: string;
  attributes: Record<string, string | number | boolean>;
}

/** All that was recorded of an order. More may come until it is complete. */
export interface Flight {
  order_id: number;
  is_complete: boolean;
  spans: Span[];
}

export const endOf = (span: Span) => span.start_us + span.duration_us;

export function textOf(span: Span, attribute: string): string | null {
  const value = span.attributes[attribute];
  return value === undefined ? null : String(value);
}

/** The calls that a span made or caused, and what it was caused by. Parents that were not recorded are null. */
export class SpanTree {
  private byId: Map<string, Span>;
  private byParent = new Map<string, Span[]>();

  constructor(spans: Span[]) {
    this.byId = new Map(spans.map((span) => [span.span_id, span]));
    for (const span of this.byId.values()) {
      if (span.parent_span_id !== null) {
        const siblings = this.byParent.get(span.parent_span_id) ?? [];
        this.byParent.set(span.parent_span_id, [...siblings, span]);
      }
    }
  }

  /** Each span once, though a recorder may have been told twice; the earliest first. */
  all(): Span[] {
    return [...this.byId.values()].sort((a, b) => a.start_us - b.start_us);
  }

  parentOf(span: Span): Span | null {
    return (span.parent_span_id !== null && this.byId.get(span.parent_span_id)) || null;
  }

  childrenOf(span: Span): Span[] {
    return this.byParent.get(span.span_id) ?? [];
  }
}
