import { expect, test } from 'vitest';
import { cents, decimal } from './money';

test.each([
  ['0.00', 0],
  ['0.07', 7],
  ['1299.99', 129_999],
  ['8.20', 820],
])('%s is %i cents, and back', (text, amount) => {
  expect(cents(text)).toBe(amount);
  expect(decimal(amount)).toBe(text);
});
