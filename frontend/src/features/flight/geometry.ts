import type { Bar, Diagram, Step } from './flight';
import type { Lane } from './lanes';
import type { Layout } from './layout';

export const gutter_px = 100;
const lane_px_min = 104;
export const bar_px = 12;
/** How far a bar stands beside the one it is on. */
const shift_px = 8;
/** How long an arrow is that comes from, or goes to, somebody unknown. */
const stub_px = 56;

/** Where things stand from left to right, in pixels from the left edge of the lanes. */
export interface Geometry {
  lane_px: number;
  width_px: number;
  xOf: (lane: Lane) => number;
  leftOf: (bar: Bar) => number;
  /** From where to where the arrow of a step runs; equal for work. */
  spanOf: (step: Step) => { from_px: number; to_px: number };
}

export function measure({ lanes, bars }: Diagram, layout: Layout, available_px: number): Geometry {
  const lane_px = Math.max(lane_px_min, Math.floor((available_px - gutter_px) / lanes.length));
  const xOf = (lane: Lane) => (lanes.indexOf(lane) + 0.5) * lane_px;
  const extents = bars.map((bar) => ({ ...bar, ...layout.extentOf(bar) }));
  const depthAt = (lane: Lane, y: number) =>
    Math.max(
      0,
      ...extents
        .filter((bar) => bar.lane === lane && bar.top_px <= y && y <= bar.top_px + bar.height_px)
        .map(({ depth }) => depth),
    );
  /** The edge of a lane's bars that faces `other`. */
  const edge = (lane: Lane, other_px: number, y: number) => {
    const x = xOf(lane);
    return other_px < x ? x - bar_px / 2 : x + bar_px / 2 + depthAt(lane, y) * shift_px;
  };
  return {
    lane_px,
    width_px: lane_px * lanes.length,
    xOf,
    leftOf: ({ lane, depth }) => xOf(lane) - bar_px / 2 + depth * shift_px,
    spanOf: ({ id, kind, from, to }) => {
      const y = layout.lineOf(id);
      // Who is unknown stands to the left when asking, to the right when asked.
      const known_px = xOf((from ?? to)!);
      const unknown_px = known_px + (from === null && kind !== 'response' ? -stub_px : stub_px);
      const from_px = from === null ? unknown_px : xOf(from);
      const to_px = to === null ? unknown_px : xOf(to);
      return {
        from_px: from === null ? from_px : edge(from, from === to ? Infinity : to_px, y),
        to_px: to === null ? to_px : edge(to, from === to ? Infinity : from_px, y),
      };
    },
  };
}

/**
 * `at_px`, moved so far that a label which stands there does not leave the lanes. `share` of the label is to the left
 * of it: 0 or a half.
 */
export function keepWithin(width_px: number, at_px: number, text_px: number, share: 0 | 0.5): number {
  return Math.max(text_px * share + 2, Math.min(at_px, width_px - text_px * (1 - share) - 2));
}
