import type { Mark } from '../../features/flight/marks';
import type { Reason } from '../../features/flight/pauses';
import type { Span, SpanKind } from '../../features/flight/spans';

const reasons: Record<Reason, (who: string) => string> = {
  card: () => 'the card network thinks',
  mail: () => 'the mail server takes its time',
  answer: (who) => `until ${who} answers`,
  work: (who) => `${who} works`,
  queue: () => 'the message waits in its queue',
  outbox: () => 'the event waits in the outbox',
  backoff: () => 'a pause before the next attempt',
  customer: () => 'until the customer comes back',
  idle: () => 'nothing happens',
};
const marks: Record<Mark, string> = { error: 'error', retry: 'retry', compensation: 'undone' };
const kinds: Record<SpanKind, string> = {
  server: 'answers a request',
  client: 'sends a request',
  internal: 'works by itself',
  producer: 'publishes an event',
  consumer: 'processes an event',
};
const statuses: Record<Span['status'], string> = { ok: 'ok', unset: 'no error', error: 'error' };

export const flight = {
  open: 'Behind the scenes',
  title: (id: number) => `Behind the scenes of order #${id}`,
  lead: {
    microservices: 'Every message that this order sent through the services, with the real clock.',
    monolith: 'Every step that this order took inside the one process, with the real clock.',
  },
  back: 'Back to the order',
  recording: 'Still recording',
  missing: 'There is no recording of this order',
  missingHint: 'The flight recorder keeps the latest orders in its memory. It may have been restarted since.',
  off: 'No flight recorder runs here',
  forbidden: 'The flight recorder shows an order only to who placed it. Log in again.',
  unreachable: 'The flight recorder cannot be reached',
  unreachableHint: 'The shop runs without it. Once it is back, new orders are recorded again.',
  answered: 'until the customer had the answer',
  done: 'until everything was done',
  participants: 'participants',
  spans: 'recorded spans',
  overview: 'Where the time goes',
  overviewHint: 'True to scale: one bar for each thing that was done.',
  cut: (duration: string) => `${duration} without anything to see, cut out`,
  diagram: 'Step by step',
  diagramHint:
    'Time runs down; every message has a row of its own. Point at something, or walk with the arrow keys, for its details.',
  legend: { request: 'request', response: 'answer', event: 'event', work: 'work' },
  lanes: {
    customer: 'Customer',
    rabbitmq: 'RabbitMQ',
    'queue-table': 'Queue table',
    'mail-server': 'Mail server',
  } as Record<string, string>,
  somebody: 'somebody unrecorded',
  /** Before what is said. */
  says: {
    request: (from: string, to: string) => `${from} asks ${to}:`,
    response: (from: string, to: string) => `${from} answers ${to}:`,
    publish: (from: string, to: string) => `${from} publishes to ${to}:`,
    deliver: (from: string, to: string) => `${from} delivers to ${to}:`,
    work: (_: string, to: string) => `${to}:`,
  },
  waits: (who: string, duration: string) => `${who} waits ${duration}`,
  reasons,
  marks,
  kinds,
  statuses,
  replay: 'Replay',
  pause: 'Pause',
  speed: 'Speed of the replay',
  speeds: { '0.1': '× 0.1', '1': 'real time', '10': '× 10' },
  position: 'Position of the replay',
  details: 'Details',
  close: 'Close the details',
  began: 'Began',
  took: 'Took',
  status: 'Status',
  kind: 'Kind',
  service: 'Service',
  attribute: 'Attribute',
  value: 'Value',
  alsoRecorded: 'Also recorded for this step',
  asList: 'As a list',
  from: 'From',
  to: 'To',
  what: 'What',
  time: 'Time',
  wait: 'Wait',
};
