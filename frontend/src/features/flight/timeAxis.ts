import type { Diagram } from './flight';

/** A stretch in which nothing was under way, too long to be drawn in full. */
export interface Cut {
  from_us: number;
  to_us: number;
}

/** A linear axis of time. Idle stretches longer than all the rest (a cancellation days later) are cut short. */
export interface TimeAxis {
  /** From 0 to 1. */
  placeOf: (at_us: number) => number;
  ticks: number[];
  cuts: Cut[];
}

/** What is left of a cut, of all that is not cut. */
const cut_share = 0.06;
const ticks_max = 7;

export function timeAxisOf({ activities, start_us, end_us }: Diagram): TimeAxis {
  const idle = idleStretches(activities, start_us);
  const busy_us = end_us - start_us - idle.reduce((sum, each) => sum + lengthOf(each), 0);
  const cuts = idle.filter((each) => lengthOf(each) > busy_us);
  const kept_us = Math.max(1, end_us - start_us - cuts.reduce((sum, each) => sum + lengthOf(each), 0));
  const drawn = (at_us: number) => {
    const skipped = cuts.map((cut) => {
      const into_us = Math.min(Math.max(at_us - cut.from_us, 0), lengthOf(cut));
      return into_us - (into_us / lengthOf(cut)) * cut_share * kept_us;
    });
    return at_us - start_us - skipped.reduce((sum, each) => sum + each, 0);
  };
  const drawn_us = Math.max(1, drawn(end_us));
  return {
    placeOf: (at_us) => drawn(at_us) / drawn_us,
    ticks: cuts.length ? [] : ticksOf(start_us, end_us),
    cuts,
  };
}

const lengthOf = ({ from_us, to_us }: Cut) => to_us - from_us;

function idleStretches(activities: Diagram['activities'], start_us: number): Cut[] {
  const idle: Cut[] = [];
  let until_us = start_us;
  for (const each of activities) {
    if (each.start_us > until_us) {
      idle.push({ from_us: until_us, to_us: each.start_us });
    }
    until_us = Math.max(until_us, each.end_us);
  }
  return idle;
}

function ticksOf(start_us: number, end_us: number): number[] {
  const rough_us = Math.max(1, (end_us - start_us) / ticks_max);
  const power = 10 ** Math.floor(Math.log10(rough_us));
  const step_us = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough_us)!;
  const count = Math.floor((end_us - start_us) / step_us);
  return Array.from({ length: count + 1 }, (_, index) => start_us + index * step_us);
}
