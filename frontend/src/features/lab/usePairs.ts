import { useEffect, useState } from 'react';
import { send } from '../../api/door';
import type { Architecture, Problem, Product } from '../../api/types';

/** A product that both shops sell, by its name: the numbers may differ. */
export interface Pair {
  name: string;
  products: Record<Architecture, Product>;
}

export function pairsOf(microservices: Product[], monolith: Product[]): Pair[] {
  const known = new Map(monolith.map((product) => [product.name, product]));
  return microservices.flatMap((product) => {
    const twin = known.get(product.name);
    const canBeBought = twin && product.available_stock > 0 && twin.available_stock > 0;
    return canBeBought ? [{ name: product.name, products: { microservices: product, monolith: twin } }] : [];
  });
}

/** What can be bought in both shops at the moment. */
export function usePairs() {
  const [pairs, setPairs] = useState<Pair[] | null>(null);
  const [error, setError] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    const show = (loaded: Loaded) => {
      if (loaded.tries === tries && !leaving.signal.aborted) {
        setError(loaded.error);
        setPairs(loaded.pairs);
      }
    };
    void load(tries, leaving.signal).then(show);
    return () => leaving.abort();
  }, [tries]);

  return { pairs, error, retry: () => setTries(tries + 1) };
}

interface Loaded {
  tries: number;
  pairs: Pair[] | null;
  error: Problem | null;
}

async function load(tries: number, signal: AbortSignal): Promise<Loaded> {
  const list = { path: '/api/products?limit=100' };
  const [microservices, monolith] = await Promise.all([
    send<Product[]>('microservices', list, signal),
    send<Product[]>('monolith', list, signal),
  ]);
  const error = microservices.error ?? monolith.error ?? null;
  return { tries, error, pairs: error ? null : pairsOf(microservices.data ?? [], monolith.data ?? []) };
}
