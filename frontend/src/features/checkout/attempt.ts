import { nanoid } from '@reduxjs/toolkit';
import { send } from '../../api/door';
import type { Architecture, CheckoutBody, Order, Problem } from '../../api/types';

/**
 * One wish to buy. Its key and its body are kept in the browser from before the first request until the shop has
 * answered for good, so that a second click, a reload or a lost answer sends the very same request again and the
 * shop gives the stored answer (Idempotency-Key) instead of a second order.
 */
export interface Attempt {
  key: string;
  user_id: number;
  body: CheckoutBody;
  /** When it was sent last, by the browser's clock; null when it has not been sent. */
  sent_at_ms: number | null;
}

export type Outcome =
  | { kind: 'ordered'; order: Order }
  /** The shop said no: nothing was bought. */
  | { kind: 'refused'; problem: Problem }
  /** It is not known whether it was bought. The attempt stays open. */
  | { kind: 'unanswered'; problem: Problem };

const checkout_timeout_ms = 60_000;
const tries_max = 5;
/** An older attempt is not taken up without being asked: by then its customer may want something else. */
const resumable_ms = 120_000;
const keyOf = (architecture: Architecture) => `tandem.checkout.${architecture}`;

/** What somebody has begun to buy at this door and not heard of. */
export function openAttempt(architecture: Architecture, user_id: number): Attempt | null {
  try {
    const attempt = JSON.parse(localStorage.getItem(keyOf(architecture)) ?? 'null') as Attempt | null;
    return attempt?.user_id === user_id ? attempt : null;
  } catch {
    return null;
  }
}

/** The open attempt when it wishes the same, else a new one. */
export function attemptFor(architecture: Architecture, user_id: number, body: CheckoutBody): Attempt {
  const open = openAttempt(architecture, user_id);
  if (open && wishes(open, body)) {
    return open;
  }
  const attempt = { key: nanoid(32), user_id, body, sent_at_ms: null };
  keep(architecture, attempt);
  return attempt;
}

/** Whether the attempt is for just this. */
export function wishes(attempt: Attempt, body: CheckoutBody): boolean {
  return JSON.stringify(attempt.body) === JSON.stringify(body);
}

/** Whether its answer may just have been missed, by a reload for instance. */
export function isResumable(attempt: Attempt): boolean {
  return attempt.sent_at_ms !== null && Date.now() - attempt.sent_at_ms < resumable_ms;
}

/** Gives the attempt up. Whether the shop has made an order of it is to be seen in the orders. */
export function drop(architecture: Architecture): void {
  localStorage.removeItem(keyOf(architecture));
}

/** Sends the attempt until the shop has answered, or gives up for now. */
export async function place(
  architecture: Architecture,
  attempt: Attempt,
  pause: (tries: number) => Promise<void> = (tries) => new Promise((go) => setTimeout(go, 500 * 2 ** tries)),
): Promise<Outcome> {
  keep(architecture, { ...attempt, sent_at_ms: Date.now() });
  for (let tries = 0; ; ++tries) {
    const answer = await send<Order>(architecture, {
      path: '/api/checkout',
      method: 'POST',
      // The shop refuses it should somebody else be logged in by now.
      body: { ...attempt.body, user_id: attempt.user_id },
      headers: { 'Idempotency-Key': attempt.key },
      timeout_ms: checkout_timeout_ms,
    });
    if (!answer.error) {
      drop(architecture);
      return { kind: 'ordered', order: answer.data };
    }
    const problem = answer.error;
    if (isFinal(problem)) {
      drop(architecture);
      return { kind: 'refused', problem };
    }
    if (tries + 1 === tries_max || problem.status === 401) {
      return { kind: 'unanswered', problem };
    }
    await pause(tries);
  }
}

/** A conflict that passes (the first request is still being worked on) says when to ask again. */
function isFinal(problem: Problem): boolean {
  const isOurs = problem.status >= 400 && problem.status < 500;
  const isPassing = problem.status === 401 || problem.status === 408 || problem.status === 429;
  return isOurs && !isPassing && !(problem.status === 409 && problem.retryAfter_s);
}

function keep(architecture: Architecture, attempt: Attempt): void {
  localStorage.setItem(keyOf(architecture), JSON.stringify(attempt));
}
