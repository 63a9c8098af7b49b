import { useEffect, useState } from 'react';
import { shopApi } from '../../api/shopApi';
import type { OrderEvent } from '../../api/types';
import { useAppDispatch, useArchitecture } from '../../app/hooks';
import { followOrder, isSettled, type Means, type News } from './followOrder';
import { useOrderEventsQuery, useOrderQuery } from './ordersApi';

const history_poll_ms = 1000;
/** Should news of the stream be lost on their way into the page. */
const order_poll_ms = 5000;
/** A mail that has not gone out by then has a longer story; the page need not wait for it. */
const mail_wait_ms = 60_000;

function hasMail(events: OrderEvent[]): boolean {
  return events.some(({ type }) => type === 'email.sent' || type === 'email.failed');
}

/** Whether `moment_ms` is at most `span_ms` ago; becomes false by itself. */
function useIsWithin(moment_ms: number | null, span_ms: number): boolean {
  const [passed_ms, setPassed] = useState<number | null>(null);
  useEffect(() => {
    if (moment_ms === null) {
      return undefined;
    }
    const timer = setTimeout(() => setPassed(moment_ms), Math.max(0, moment_ms + span_ms - Date.now()));
    return () => clearTimeout(timer);
  }, [moment_ms, span_ms]);
  return moment_ms !== null && passed_ms !== moment_ms;
}

async function tell(news: AsyncIterable<News>, listener: (means: Means) => void): Promise<void> {
  for await (const { means } of news) {
    listener(means);
  }
}

/** The order and its history, kept up to date: while it is under way by its stream, then until its mail is out. */
export function useLiveOrder(id: number) {
  const architecture = useArchitecture();
  const dispatch = useAppDispatch();
  const [means, setMeans] = useState<Means | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const order = useOrderQuery(id, { pollingInterval: isAsking ? order_poll_ms : 0 });
  const state = order.data?.status;
  const isUnderWay = state !== undefined && !isSettled(state);
  if (isUnderWay !== isAsking) {
    setIsAsking(isUnderWay);
  }

  const settled_at_ms = isUnderWay || !order.data ? null : Date.parse(order.data.updated_at);
  const mayGetMail = useIsWithin(settled_at_ms, mail_wait_ms);
  const [isMailOut, setIsMailOut] = useState(false);
  const events = useOrderEventsQuery(id, {
    skip: order.isUninitialized || order.isError,
    pollingInterval: mayGetMail && !isMailOut ? history_poll_ms : 0,
  });
  if (events.data && hasMail(events.data) !== isMailOut) {
    setIsMailOut(hasMail(events.data));
  }

  useEffect(() => {
    if (!isUnderWay) {
      return undefined;
    }
    const leaving = new AbortController();
    const refresh = (next: Means) => {
      setMeans(next);
      dispatch(shopApi.util.invalidateTags([{ type: 'Order', id }]));
    };
    void tell(followOrder(architecture, id, leaving.signal), refresh);
    return () => {
      leaving.abort();
      setMeans(null);
    };
  }, [architecture, id, isUnderWay, dispatch]);

  return { order, events, means, isUnderWay };
}
