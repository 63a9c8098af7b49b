import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { shopApi } from '../../api/shopApi';
import type { CheckoutBody, Order } from '../../api/types';
import { useAppDispatch, useArchitecture, useUser } from '../../app/hooks';
import { toastShown } from '../../app/toasts';
import { usePageTexts, useTexts } from '../../texts/texts';
import {
  type Attempt,
  attemptFor,
  drop,
  isResumable,
  openAttempt,
  type Outcome,
  place,
  wishes,
} from './attempt';

type Failure = Exclude<Outcome, { kind: 'ordered' }>;

/** Buys once, whatever happens in between, and goes to the order. */
export function useCheckout() {
  const architecture = useArchitecture();
  const user = useUser();
  const arrive = useArrival();
  const isRunning = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<Failure | null>(null);
  /** Begun some time ago and never answered: its customer decides. */
  const [leftover, setLeftover] = useState<Attempt | null>(() => {
    const open = user && openAttempt(architecture, user.id);
    return open && open.sent_at_ms !== null && !isResumable(open) ? open : null;
  });

  /** Gives whether the attempt is over without an order, so that another may be made. */
  const run = async (attempt: Attempt): Promise<boolean> => {
    if (isRunning.current) {
      return false; // a second click that came before the button was disabled
    }
    isRunning.current = true;
    setIsBusy(true);
    setOutcome(null);
    const result = await place(architecture, attempt);
    if (result.kind === 'ordered' && arrive(result.order)) {
      return false; // until the order's page is there this one stays seen, and must not buy again
    }
    isRunning.current = false;
    setIsBusy(false);
    setLeftover(null);
    if (result.kind !== 'ordered') {
      setOutcome(result);
    }
    return result.kind === 'refused';
  };

  return {
    isBusy,
    outcome,
    leftover,
    /** What may have been bought already is settled before anything else is. */
    buy: async (body: CheckoutBody) => {
      const before = user && openAttempt(architecture, user.id);
      if (!user || (before?.sent_at_ms && !wishes(before, body) && !(await run(before)))) {
        return;
      }
      await run(attemptFor(architecture, user.id, body));
    },
    /** After a reload: asks for the answer that the page before did not live to see. */
    resume: async () => {
      const open = user && openAttempt(architecture, user.id);
      if (open && isResumable(open)) {
        await run(open);
      }
    },
    askAgain: async () => {
      if (leftover) {
        await run(leftover);
      }
    },
    forget: () => {
      drop(architecture);
      setLeftover(null);
    },
  };
}

/** Where a purchase ends: at its order, unless the customer has gone elsewhere meanwhile. Gives whether it goes there. */
function useArrival() {
  const architecture = useArchitecture();
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const texts = usePageTexts('checkout');
  const { architectures } = useTexts();
  const here = useRef<typeof architecture>(null);
  useEffect(() => {
    here.current = architecture;
    return () => {
      here.current = null;
    };
  }, [architecture]);

  return (order: Order): boolean => {
    const isHere = here.current === architecture;
    if (isHere) {
      dispatch(shopApi.util.invalidateTags(['Cart', 'Order', 'Product', 'Notification']));
      void navigate(`/orders/${order.id}`, { replace: true });
    } else {
      dispatch(toastShown('done', texts.boughtMeanwhile(order.id, architectures[architecture])));
    }
    return isHere;
  };
}
