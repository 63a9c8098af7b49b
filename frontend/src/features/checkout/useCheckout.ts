import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { shopApi } from '../../api/shopApi';
import type { CheckoutBody } from '../../api/types';
import { useAppDispatch, useArchitecture, useUser } from '../../app/hooks';
import { type Attempt, attemptFor, openAttempt, type Outcome, place } from './attempt';

type Failure = Exclude<Outcome, { kind: 'ordered' }>;

/** Buys once, whatever happens in between, and goes to the order. */
export function useCheckout() {
  const architecture = useArchitecture();
  const user = useUser();
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const isRunning = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [isResumed, setIsResumed] = useState(false);
  const [outcome, setOutcome] = useState<Failure | null>(null);

  const run = async (attempt: Attempt) => {
    if (isRunning.current) {
      return; // a second click that came before the button was disabled
    }
    isRunning.current = true;
    setIsBusy(true);
    setOutcome(null);
    const result = await place(architecture, attempt);
    isRunning.current = false;
    setIsBusy(false);
    setIsResumed(false);
    if (result.kind === 'ordered') {
      dispatch(shopApi.util.invalidateTags(['Cart', 'Order', 'Product', 'Notification']));
      void navigate(`/orders/${result.order.id}`, { replace: true });
    } else {
      setOutcome(result);
    }
  };

  return {
    isBusy,
    isResumed,
    outcome,
    buy: (body: CheckoutBody) => (user ? run(attemptFor(architecture, user.id, body)) : Promise.resolve()),
    /** After a reload: asks for the answer that the page before did not live to see. */
    resume: async () => {
      const open = user && openAttempt(architecture, user.id);
      if (open) {
        setIsResumed(true);
        await run(open);
      }
    },
  };
}
