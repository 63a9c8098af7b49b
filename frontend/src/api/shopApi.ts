import { type BaseQueryFn, createApi } from '@reduxjs/toolkit/query/react';
import { type Call, send } from './door';
import type { Architecture, Problem } from './types';

/** What the base query needs to know of the store; the store's own type would be a circle. */
interface HasArchitecture {
  architecture: { current: Architecture };
}

interface Meta {
  headers: Headers;
}

const atCurrentDoor: BaseQueryFn<Call, unknown, Problem, object, Meta> = async (
  call,
  { getState, signal },
) => {
  const { current } = (getState() as HasArchitecture).architecture;
  const answer = await send(current, call, signal);
  return answer.error ? { error: answer.error } : { data: answer.data, meta: { headers: answer.headers } };
};

/** The cache of what the current door has told. Each feature adds its own endpoints. */
export const shopApi = createApi({
  reducerPath: 'shop',
  baseQuery: atCurrentDoor,
  tagTypes: ['Product', 'Category', 'Review', 'Cart', 'Order', 'Notification', 'DeadLetter'],
  refetchOnReconnect: true,
  endpoints: () => ({}),
});
