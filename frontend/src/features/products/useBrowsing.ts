import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Sort } from '../../api/types';
import type { ProductQuery } from './productsApi';

export const pageSize = 12;
export const sorts: Sort[] = ['name', 'price', '-price', 'newest'];

export interface Browsing {
  page: number;
  category_id: number | undefined;
  q: string;
  sort: Sort | undefined;
}

/** What an address asks for; what it says wrongly counts as not said. */
export function browsingOf(params: URLSearchParams): Browsing {
  const page = Number(params.get('page') ?? 1);
  const category = Number(params.get('category'));
  const sort = params.get('sort') as Sort;
  return {
    page: Number.isInteger(page) && page > 0 ? page : 1,
    category_id: Number.isInteger(category) && category > 0 ? category : undefined,
    q: (params.get('q') ?? '').slice(0, 200),
    sort: sorts.includes(sort) ? sort : undefined,
  };
}

export function paramsOf({ page, category_id, q, sort }: Browsing): URLSearchParams {
  const params = new URLSearchParams();
  const said = { q, category: category_id, sort, page: page > 1 ? page : undefined };
  for (const [name, value] of Object.entries(said)) {
    if (value) {
      params.set(name, String(value));
    }
  }
  return params;
}

/** The state of the product list lives in the address, so that it can be shared, kept and gone back to. */
export function useBrowsing() {
  const [params, setParams] = useSearchParams();
  const browsing = useMemo(() => browsingOf(params), [params]);
  const { page, category_id, q, sort } = browsing;

  const query = useMemo<ProductQuery>(
    () => ({
      skip: (page - 1) * pageSize,
      limit: pageSize,
      ...(category_id ? { category_id } : {}),
      ...(q ? { q } : {}),
      ...(sort ? { sort } : {}),
    }),
    [page, category_id, q, sort],
  );

  /** Anything but another page begins at the first one. Typing replaces the address instead of filling the history. */
  const change = useCallback(
    (changes: Partial<Browsing>) =>
      setParams((before) => paramsOf({ ...browsingOf(before), page: 1, ...changes }), {
        replace: 'q' in changes,
      }),
    [setParams],
  );

  const pageAddress = (next: number) => `?${paramsOf({ ...browsing, page: next })}`;
  return { query, page, change, pageAddress };
}
