import { describe, expect, it } from 'vitest';
import { orderFilterOf } from './AdminOrders';
import { byQueue } from './DeadLetters';
import { movesFrom } from './OrderTable';

describe('which orders are shown', () => {
  const of = (query: string) => orderFilterOf(new URLSearchParams(query));

  it('is said by the address', () => {
    expect(of('status=paid&before=12')).toEqual({ status: 'paid', before: 12 });
    expect(of('')).toEqual({ status: null, before: null });
  });

  it('is all of them when the address makes no sense', () => {
    expect(of('status=lost&before=-1')).toEqual({ status: null, before: null });
    expect(of('before=1e99')).toEqual({ status: null, before: null });
  });
});

describe('moves of an order', () => {
  it('lead on, or to a cancellation before it is shipped', () => {
    expect(movesFrom.paid).toEqual(['shipped', 'cancelled']);
    expect(movesFrom.shipped).toEqual(['delivered']);
  });

  it('end with the order', () => {
    for (const end of ['delivered', 'failed', 'cancelled'] as const) {
      expect(movesFrom[end]).toEqual([]);
    }
  });
});

it('dead letters stand by their queue, in the order in which they came', () => {
  const letter = (queue: string, event_id: string) => ({
    queue,
    event_id,
    event_type: 'order.paid',
    attempt: 5,
    error: '',
    body: '{}',
  });
  const letters = [letter('email', 'a'), letter('cart', 'b'), letter('email', 'c')];
  expect(byQueue(letters)).toEqual([
    ['email', [letters[0], letters[2]]],
    ['cart', [letters[1]]],
  ]);
});
