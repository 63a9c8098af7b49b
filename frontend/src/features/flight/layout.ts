import type { Bar, Diagram, Row } from './flight';

export const row_px = 38;
export const pause_px = 58;
const bar_px_min = 12;
/** Where in its row an arrow runs. */
const line_px = 27;

export interface Placed {
  row: Row;
  top_px: number;
  height_px: number;
}

/** Where everything stands, from the top down. */
export interface Layout {
  rows: Placed[];
  height_px: number;
  /** Where the arrow of a step runs. */
  lineOf: (step_id: string) => number;
  /** Between two steps, time is spread evenly. */
  yOf: (at_us: number) => number;
  /** A bar reaches from the arrow that begins it to the arrow that ends it. */
  extentOf: (bar: Bar) => { top_px: number; height_px: number };
}

export function layOut(diagram: Diagram): Layout {
  const rows = placeRows(diagram.rows);
  const last = rows.at(-1)!;
  const height_px = last.top_px + last.height_px + row_px;
  const lines = new Map<string, number>();
  const points: Point[] = [];
  for (const placed of rows) {
    if (placed.row.step) {
      const y = placed.top_px + line_px;
      lines.set(placed.row.step.id, y);
      points.push({ at_us: placed.row.step.at_us, y });
    }
  }
  points.push({ at_us: diagram.end_us, y: height_px - row_px / 2 });
  const yOf = (at_us: number) => interpolate(points, at_us);
  const extentOf = (bar: Bar) => {
    const top_px = lines.get(bar.activity.id) ?? yOf(bar.start_us);
    const end_px = lines.get(`${bar.activity.id}-answer`) ?? yOf(bar.end_us);
    return { top_px, height_px: Math.max(end_px - top_px, bar_px_min) };
  };
  return { rows, height_px, lineOf: (step_id) => lines.get(step_id) ?? 0, yOf, extentOf };
}

function placeRows(rows: Row[]): Placed[] {
  let top_px = 0;
  return rows.map((row) => {
    const placed = { row, top_px, height_px: row.pause ? pause_px : row_px };
    top_px += placed.height_px;
    return placed;
  });
}

interface Point {
  at_us: number;
  y: number;
}

function interpolate(points: Point[], at_us: number): number {
  const next = points.findIndex((point) => point.at_us > at_us);
  if (next <= 0) {
    return points.at(next)!.y;
  }
  const from = points[next - 1]!;
  const to = points[next]!;
  return from.y + ((at_us - from.at_us) / (to.at_us - from.at_us)) * (to.y - from.y);
}
