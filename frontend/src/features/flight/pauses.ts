import type { Activity } from './activities';
import { customer, type Lane, mailServer, provider } from './lanes';
import type { Step } from './flight';

/** Long enough for people to notice. */
const pause_min_us = 50_000;

/** Why nothing was told for a while. */
export type Reason =
  'card' | 'mail' | 'answer' | 'work' | 'queue' | 'outbox' | 'backoff' | 'customer' | 'idle';

/** A stretch of time, longer than a reader wants to scroll, in which nothing began and nothing was answered. */
export interface Pause {
  from_us: number;
  to_us: number;
  reason: Reason;
  /** Who takes the time, if somebody does. */
  lane: Lane | null;
}

/** The wait between two steps that follow each other; null when it is short. */
export function pauseBetween(before: Step, after: Step, activities: Activity[]): Pause | null {
  const from_us = before.at_us;
  const to_us = after.at_us;
  if (to_us - from_us < pause_min_us) {
    return null;
  }
  const open = activities.filter((each) => each.start_us <= from_us && each.end_us >= to_us);
  // Who began last is the one all others wait for.
  const busy = open.at(-1);
  return { from_us, to_us, ...(busy ? whyBusy(busy) : whyIdle(after)) };
}

function whyBusy(busy: Activity): Pick<Pause, 'reason' | 'lane'> {
  if (busy.to === provider) {
    return { reason: 'card', lane: provider };
  }
  if (busy.to === mailServer || busy.label.startsWith('send mail')) {
    return { reason: 'mail', lane: busy.to };
  }
  return { reason: busy.kind === 'call' ? 'answer' : 'work', lane: busy.to };
}

function whyIdle({ activity }: Step): Pick<Pause, 'reason' | 'lane'> {
  if (activity.from === customer) {
    return { reason: 'customer', lane: customer };
  }
  if (activity.marks.includes('retry')) {
    return { reason: 'backoff', lane: activity.to };
  }
  const reasons: Record<Activity['kind'], Reason> = {
    deliver: 'queue',
    publish: 'outbox',
    work: 'idle',
    call: 'idle',
  };
  return { reason: reasons[activity.kind], lane: null };
}
