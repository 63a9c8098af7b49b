import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Watchdog } from './watchdog';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('who is silent for too long is given up, who speaks in time is not', async () => {
  const dog = new Watchdog(1000);
  const { writable, readable } = dog.observed();
  const writer = writable.getWriter();
  const reader = readable.getReader();
  vi.advanceTimersByTime(900);
  const spoken = writer.write(new Uint8Array([58]));
  await reader.read();
  await spoken;
  vi.advanceTimersByTime(900);
  expect(dog.signal.aborted).toBe(false);
  vi.advanceTimersByTime(200);
  expect(dog.signal.aborted).toBe(true);
});

test('a stream that has ended is not given up', () => {
  const dog = new Watchdog(1000);
  dog.end();
  vi.advanceTimersByTime(5000);
  expect(dog.signal.aborted).toBe(false);
});
