import { expect, test } from 'vitest';
import type { OrderEvent, Product } from '../../api/types';
import { median, stepsOf } from './race';
import { pairsOf } from './usePairs';

test('steps count from the order’s first entry', () => {
  const events = [
    { type: 'order.created', created_at: '2026-01-01T10:00:00.000Z' },
    { type: 'order.paid', created_at: '2026-01-01T10:00:01.250Z' },
  ] as OrderEvent[];
  expect(stepsOf(events)).toEqual([
    { type: 'order.created', at_ms: 0 },
    { type: 'order.paid', at_ms: 1250 },
  ]);
  expect(stepsOf([])).toEqual([]);
});

test('the median is one of the values', () => {
  expect(median([])).toBeNull();
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2);
});

const of = (id: number, name: string, available_stock = 1) => ({ id, name, available_stock }) as Product;

test('a race is about what both shops sell and have, by its name', () => {
  const pairs = pairsOf([of(1, 'Mouse'), of(2, 'Desk', 0), of(3, 'Lamp')], [of(9, 'Mouse'), of(8, 'Desk')]);
  expect(pairs).toEqual([
    { name: 'Mouse', products: { microservices: of(1, 'Mouse'), monolith: of(9, 'Mouse') } },
  ]);
});
