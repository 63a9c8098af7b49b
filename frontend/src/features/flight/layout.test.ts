import { describe, expect, it } from 'vitest';
import microservices from './fixtures/microservices.json';
import { span } from './fixtures/span';
import { readFlight } from './flight';
import { layOut } from './layout';
import type { Span } from './spans';
import { timeAxisOf } from './timeAxis';

const diagram = readFlight(microservices.spans as unknown as Span[])!;
const layout = layOut(diagram);

describe('the layout', () => {
  it('never lets time run upwards', () => {
    const moments = Array.from({ length: 200 }, (_, index) => diagram.start_us + index * 20_000);
    const heights = moments.map(layout.yOf);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(Math.max(...heights)).toBeLessThan(layout.height_px);
  });

  it('ends the bar of a call at its answer', () => {
    const answer = layout.rows.find(({ row }) => row.step?.kind === 'response')!;
    const bar = diagram.bars.find(
      ({ activity, lane }) => activity === answer.row.step?.activity && lane !== 'customer',
    )!;
    const { top_px, height_px } = layout.extentOf(bar);
    expect(top_px + height_px).toBe(layout.lineOf(answer.row.step!.id));
  });

  it('keeps the shortest bar visible', () => {
    expect(Math.min(...diagram.bars.map((bar) => layout.extentOf(bar).height_px))).toBeGreaterThanOrEqual(12);
  });
});

describe('the axis of time', () => {
  it('is true to scale from the first moment to the last', () => {
    const { placeOf, ticks, cuts } = timeAxisOf(diagram);
    expect(cuts).toEqual([]);
    expect(placeOf(diagram.start_us)).toBe(0);
    expect(placeOf(diagram.end_us)).toBe(1);
    expect(placeOf((diagram.start_us + diagram.end_us) / 2)).toBeCloseTo(0.5);
    expect(ticks.map((tick) => (tick - diagram.start_us) / 1000)).toEqual([
      0, 500, 1000, 1500, 2000, 2500, 3000,
    ]);
  });

  it('cuts an idle hour short', () => {
    const later = span({ at_ms: 3_600_000, takes_ms: 100 });
    const axis = timeAxisOf(readFlight([span({ takes_ms: 100 }), later])!);
    expect(axis.cuts).toHaveLength(1);
    expect(axis.placeOf(100_000)).toBeGreaterThan(0.4);
    expect(axis.placeOf(later.start_us)).toBeLessThan(0.6);
  });

  it('takes a flight of no length', () => {
    const { placeOf } = timeAxisOf(readFlight([span({ takes_ms: 0 })])!);
    expect(placeOf(0)).toBe(0);
  });
});
