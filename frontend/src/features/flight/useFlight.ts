import { useEffect, useState } from 'react';
import { config } from '../../app/config';
import { useLiveOrder } from '../orders/useLiveOrder';
import { useFlightQuery } from './flightApi';

const poll_ms = 1000;
/** A recording that has not grown for so long will not: the recorder was restarted in between, or lost spans. */
const quiet_ms = 60_000;

/** Whether `value` has been the same for `span_ms`. */
function useIsQuiet(value: number | undefined, span_ms: number): boolean {
  const [old, setOld] = useState<number | undefined>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => setOld(value), span_ms);
    return () => clearTimeout(timer);
  }, [value, span_ms]);
  return value !== undefined && old === value;
}

/** What the recorder knows of an order, asked every second until the order is settled and all of it recorded. */
export function useFlight(order_id: number) {
  const { isUnderWay } = useLiveOrder(order_id);
  const [isGrowing, setIsGrowing] = useState(false);
  const flight = useFlightQuery(order_id, {
    skip: config.flightRecorder === null,
    pollingInterval: isGrowing ? poll_ms : 0,
    refetchOnMountOrArgChange: true,
  });
  // Who may not see it will not by asking again, and each 401 costs a new session token.
  const isRefused = !!flight.error && 'status' in flight.error && flight.error.status === 401;
  const isQuiet = useIsQuiet(flight.data?.spans.length, quiet_ms);
  const mayGrow = !isRefused && (isUnderWay || (flight.data?.is_complete === false && !isQuiet));
  if (mayGrow !== isGrowing) {
    setIsGrowing(mayGrow);
  }
  return { flight, isGrowing };
}
