import type { Span } from './spans';

/** What a reader looks for first when something went wrong. */
export type Mark = 'error' | 'retry' | 'compensation';

const undoing = /\b(refund|refunds|refunded|release|released|void|voided)\b/i;

/** Of spans that are shown as one. In order of weight. */
export function marksOf(spans: Span[]): Mark[] {
  const marks: [Mark, boolean][] = [
    ['error', spans.some(isError)],
    ['retry', spans.some(isRetry)],
    ['compensation', spans.some(({ name, attributes }) => isUndoing(name, attributes))],
  ];
  return marks.filter(([, applies]) => applies).map(([mark]) => mark);
}

function isError({ status, name, attributes }: Span): boolean {
  return (
    status === 'error' ||
    attributes['tandem.message.outcome'] === 'dead_lettered' ||
    /dead.letter/i.test(name)
  );
}

function isRetry({ attributes }: Span): boolean {
  const attempt = Number(attributes['tandem.payment.attempt'] ?? attributes['tandem.message.attempt'] ?? 1);
  const outcome = attributes['tandem.message.outcome'];
  return (
    attempt > 1 ||
    attributes['tandem.message.redelivered'] === true ||
    outcome === 'retried' ||
    outcome === 'duplicate'
  );
}

function isUndoing(name: string, attributes: Span['attributes']): boolean {
  return undoing.test(name) || undoing.test(String(attributes['tandem.stock.outcome'] ?? ''));
}
