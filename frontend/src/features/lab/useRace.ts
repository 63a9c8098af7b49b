import { useCallback, useEffect, useRef, useState } from 'react';
import { sessions } from '../../api/sessions';
import type { Architecture, CheckoutBody, Product } from '../../api/types';
import { config } from '../../app/config';
import { logIn } from '../auth/signIn';
import { race, type Run, sent } from './race';

export const architectures: Architecture[] = ['microservices', 'monolith'];

export type Field = Record<Architecture, Run[]>;

/** A race that is over, for the chart. */
export interface Finished {
  number: number;
  field: Field;
}

const nobody: Field = { microservices: [], monolith: [] };
const isOver = (run: Run) => run.state === 'confirmed' || run.state === 'failed';

/** Whoever is signed in at a door buys there; else the test user does. */
async function isSignedIn(architecture: Architecture): Promise<boolean> {
  if (sessions.of(architecture)) {
    return true;
  }
  return config.testUser !== null && (await logIn(architecture, config.testUser)) === null;
}

/** The same purchase at both doors at the same moment. */
export function useRace() {
  const [field, setField] = useState<Field>(nobody);
  const [finished, setFinished] = useState<Finished[]>([]);
  const [begin_ms, setBegin] = useState<number | null>(null);
  const [isRefused, setIsRefused] = useState(false);
  const leaving = useRef<AbortController>(null);
  const isStarted = useRef(false);
  useEffect(() => () => leaving.current?.abort(), []);

  const start = useCallback(async (products: Record<Architecture, Product>, customers: number) => {
    if (isStarted.current) {
      return; // a second click that came before the button was disabled
    }
    isStarted.current = true;
    const abort = new AbortController();
    leaving.current = abort;
    const isReady = await Promise.all(architectures.map(isSignedIn));
    setIsRefused(!isReady.every(Boolean));
    if (!isReady.every(Boolean) || abort.signal.aborted) {
      isStarted.current = false;
      return;
    }
    const begin = performance.now();
    const current: Field = {
      microservices: Array.from({ length: customers }, () => sent),
      monolith: Array.from({ length: customers }, () => sent),
    };
    const show = () =>
      setField({ microservices: [...current.microservices], monolith: [...current.monolith] });
    setBegin(begin);
    show();
    await Promise.all(
      architectures.flatMap((architecture) =>
        current[architecture].map((_, lane) =>
          follow(architecture, bodyOf(products[architecture]), begin, abort.signal, (run) => {
            current[architecture][lane] = run;
            show();
          }),
        ),
      ),
    );
    setBegin(null);
    isStarted.current = false;
    if (!abort.signal.aborted) {
      setFinished((before) => [...before, { number: before.length + 1, field: current }]);
    }
  }, []);

  const isRunning = begin_ms !== null;
  return { field, finished, begin_ms, isRunning, isRefused, start };
}

function bodyOf(product: Product): CheckoutBody {
  const items = [{ product_id: product.id, quantity: 1, price: product.price }];
  return { items, payment_method: 'credit_card', shipping_address: 'Side by side' };
}

async function follow(
  architecture: Architecture,
  body: CheckoutBody,
  begin: number,
  signal: AbortSignal,
  show: (run: Run) => void,
): Promise<void> {
  for await (const run of race(architecture, body, () => performance.now() - begin, signal)) {
    show(run);
  }
}

export function areOver(runs: Run[]): boolean {
  return runs.length > 0 && runs.every(isOver);
}
