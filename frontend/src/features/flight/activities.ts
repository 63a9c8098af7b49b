import { brokerOf, type Lane, mailServer, silentCallee, strangerAt } from './lanes';
import { type Mark, marksOf } from './marks';
import { endOf, type Span, SpanTree, textOf } from './spans';

/**
 * One deed of the story. A call is asked and answered; a publication goes to the broker; a delivery comes from
 * it; work is what a participant does by itself.
 */
export interface Activity {
  /** Of its main span. */
  id: string;
  kind: 'call' | 'publish' | 'deliver' | 'work';
  label: string;
  /** Of a call: what was answered, in a word. */
  answer: string;
  /** Null: it is not known. */
  from: Lane | null;
  to: Lane | null;
  /** By the clock of who asks, if that was recorded. */
  start_us: number;
  end_us: number;
  /** Of a publication: when the last who processes it began. */
  delivered_us: number | null;
  marks: Mark[];
  /** The main one first, then the technical ones that are told by it. */
  spans: [Span, ...Span[]];
}

/** The earliest first. Client spans that only wrap other client spans are folded into one call. */
export function activitiesOf(spans: Span[]): Activity[] {
  const tree = new SpanTree(spans);
  return tree
    .all()
    .map((span) => activityOf(span, tree))
    .filter((activity) => activity !== null);
}

function activityOf(span: Span, tree: SpanTree): Activity | null {
  switch (span.kind) {
    case 'server':
      return tree.parentOf(span)?.kind === 'client' ? null : received(span);
    case 'client':
      return isFolded(span, tree.parentOf(span)) ? null : called(span, tree);
    case 'producer':
      return {
        ...told(span, 'publish', span.service, brokerOf(span)),
        delivered_us: lastDelivery(span, tree),
      };
    case 'consumer':
      return told(span, 'deliver', brokerOf(span), span.service);
    case 'internal':
      return told(span, 'work', span.service, span.service);
  }
}

function lastDelivery(message: Span, tree: SpanTree): number | null {
  const deliveries = tree.childrenOf(message).filter(({ kind }) => kind === 'consumer');
  return deliveries.length > 0 ? Math.max(...deliveries.map(({ start_us }) => start_us)) : null;
}

/** A bare HTTP request below the call that it is made for. */
function isFolded(span: Span, parent: Span | null): boolean {
  return parent?.kind === 'client' && parent.service === span.service && isHttp(span);
}

const isHttp = (span: Span) => span.attributes['http.request.method'] !== undefined;

function told(main: Span, kind: Activity['kind'], from: Lane | null, to: Lane | null): Activity {
  const label = kind === 'publish' || kind === 'deliver' ? main.name.replace(/^\w+ /, '') : main.name;
  return build(kind, label, '', from, to, main, [main]);
}

function received(server: Span): Activity {
  return build('call', server.name, statusOf(server), strangerAt(server), server.service, server, [server]);
}

function called(client: Span, tree: SpanTree): Activity {
  const chain = [client];
  const servers: Span[] = [];
  for (const span of chain) {
    for (const child of tree.childrenOf(span)) {
      if (child.kind === 'server') {
        servers.push(child);
      } else if (child.kind === 'client' && isFolded(child, span)) {
        chain.push(child);
      }
    }
  }
  const callee = servers[0]?.service ?? silentCallee(client);
  if (callee === null && !isHttp(client)) {
    return told(client, 'work', client.service, client.service);
  }
  const label = isHttp(client) ? (servers[0]?.name ?? requestLine(client)) : client.name;
  const [main, ...others] = [...servers, ...chain] as [Span, ...Span[]];
  const answer = textOf(client, 'tandem.provider.answer') ?? statusOf(chain.at(-1)!);
  return build('call', label, answer, client.service, callee, client, [main, ...others]);
}

/** Without a route, a call is named by its method alone. */
const requestLine = ({ name, attributes }: Span) =>
  name.includes(' ') ? name : `${name} ${attributes['url.path'] ?? ''}`.trim();

function statusOf(span: Span): string {
  const code = textOf(span, 'http.response.status_code');
  return code ?? (span.status === 'error' ? 'error' : silentCallee(span) === mailServer ? 'accepted' : '');
}

function build(
  kind: Activity['kind'],
  label: string,
  answer: string,
  from: Lane | null,
  to: Lane | null,
  timed: Span,
  spans: [Span, ...Span[]],
): Activity {
  const [{ span_id: id }] = spans;
  return {
    id,
    kind,
    label,
    answer,
    from,
    to,
    start_us: timed.start_us,
    end_us: endOf(timed),
    delivered_us: null,
    marks: marksOf(spans),
    spans,
  };
}
