import { type Span, textOf } from './spans';

/** A participant: the name of a service, or one of those that record nothing themselves. */
export type Lane = string;

export const customer: Lane = 'customer';
export const provider: Lane = 'payment-provider';
export const mailServer: Lane = 'mail-server';
const rabbitMq: Lane = 'rabbitmq';
/** The table in which the monolith keeps what its modules have yet to do. */
const queueTable: Lane = 'queue-table';

const doors = new Set<Lane>(['gateway', 'monolith']);

/** From left to right, so that most arrows are short and the world outside stands at the edges. */
const order: Lane[] = [
  customer,
  'gateway',
  'monolith',
  'user-service',
  'order-service',
  'cart-service',
  'product-service',
  rabbitMq,
  queueTable,
  'payment-service',
  provider,
  'email-service',
];

/** Who carries a message from those who publish to those who process. */
export function brokerOf(message: Span): Lane {
  return textOf(message, 'messaging.system') === 'postgresql' ? queueTable : rabbitMq;
}

/** Who asked, when the asking itself was not recorded: browsers record nothing. Null: it is not known. */
export function strangerAt({ service, parent_span_id }: Span): Lane | null {
  return parent_span_id === null || doors.has(service) ? customer : null;
}

/** Who is called by a call of which the other side recorded nothing. Null: it is not known. */
export function silentCallee(call: Span): Lane | null {
  if (textOf(call, 'network.protocol.name') === 'smtp') {
    return mailServer;
  }
  return call.name.startsWith('provider ') ? provider : null;
}

/** Each participant once, in the order of the columns; those we do not know come before the mail server. */
export function arranged(lanes: Iterable<Lane>): Lane[] {
  const rank = (lane: Lane) => {
    const place = order.indexOf(lane);
    return place >= 0 ? place : order.length + (lane === mailServer ? 1 : 0);
  };
  return [...new Set(lanes)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
