import { activitiesOf, type Activity } from './activities';
import { arranged, customer, type Lane } from './lanes';
import { type Pause, pauseBetween } from './pauses';
import { endOf, type Span } from './spans';

/** One row of the diagram: an arrow, or work that begins. */
export interface Step {
  id: string;
  activity: Activity;
  kind: 'request' | 'response' | 'publish' | 'deliver' | 'work';
  label: string;
  from: Lane | null;
  to: Lane | null;
  at_us: number;
}

/** A participant at work. `depth` counts the bars below it on the same lane. */
export interface Bar {
  id: string;
  activity: Activity;
  lane: Lane;
  depth: number;
  start_us: number;
  end_us: number;
}

export type Row = { step: Step; pause?: undefined } | { pause: Pause; step?: undefined };

/** A flight as it is drawn. Times are microseconds since 1970. */
export interface Diagram {
  lanes: Lane[];
  /** In the order of time, with the long waits between them. */
  rows: Row[];
  bars: Bar[];
  activities: Activity[];
  start_us: number;
  end_us: number;
  /** When the customer had the answer to the first request; null when that is not known. */
  answered_us: number | null;
}

/** Tells the story of spans in any order, of one trace or several. Null when there are none. */
export function readFlight(spans: Span[]): Diagram | null {
  if (spans.length === 0) {
    return null;
  }
  const activities = activitiesOf(spans);
  const steps = activities.flatMap(stepsOf).sort((a, b) => a.at_us - b.at_us);
  const bars = stacked(activities.flatMap(barsOf));
  const told = steps.flatMap(({ from, to }) => [from, to]).filter((lane) => lane !== null);
  return {
    lanes: arranged(told),
    rows: rowsOf(steps, activities),
    bars,
    activities,
    start_us: Math.min(...spans.map((span) => span.start_us)),
    end_us: Math.max(...spans.map(endOf)),
    answered_us: activities.find(({ from }) => from === customer)?.end_us ?? null,
  };
}

function stepsOf(activity: Activity): Step[] {
  const { id, kind, label, from, to, start_us } = activity;
  if (kind !== 'call') {
    return [{ id, activity, kind, label, from, to, at_us: start_us }];
  }
  const { answer, end_us } = activity;
  return [
    { id, activity, kind: 'request', label, from, to, at_us: start_us },
    { id: `${id}-answer`, activity, kind: 'response', label: answer, from: to, to: from, at_us: end_us },
  ];
}

function barsOf(activity: Activity): Omit<Bar, 'depth'>[] {
  const { id, kind, from, to, start_us, end_us, delivered_us } = activity;
  const bars: Omit<Bar, 'depth'>[] = [];
  if (from === customer) {
    bars.push({ id: `${id}-wait`, activity, lane: customer, start_us, end_us });
  }
  if (kind === 'publish' && to !== null && delivered_us !== null) {
    bars.push({ id: `${id}-queued`, activity, lane: to, start_us, end_us: delivered_us });
  }
  const lane = kind === 'publish' ? from : to;
  if (lane !== null) {
    bars.push({ id, activity, lane, start_us, end_us });
  }
  return bars;
}

/** Bars at the same time on the same lane stand beside each other, the earlier one further left. */
function stacked(bars: Omit<Bar, 'depth'>[]): Bar[] {
  const placed: Bar[] = [];
  for (const bar of bars) {
    const taken = new Set(
      placed.filter((each) => each.lane === bar.lane && each.end_us > bar.start_us).map(({ depth }) => depth),
    );
    let depth = 0;
    while (taken.has(depth)) {
      ++depth;
    }
    placed.push({ ...bar, depth });
  }
  return placed;
}

function rowsOf(steps: Step[], activities: Activity[]): Row[] {
  return steps.flatMap((step, index): Row[] => {
    const before = steps[index - 1];
    const pause = before ? pauseBetween(before, step, activities) : null;
    return pause ? [{ pause }, { step }] : [{ step }];
  });
}
