import { shopApi } from '../../api/shopApi';
import type { Notification, Order, OrderEvent, OrderSummary } from '../../api/types';

export const ordersApi = shopApi.injectEndpoints({
  endpoints: (build) => ({
    orders: build.query<OrderSummary[], { skip: number; limit: number }>({
      query: ({ skip, limit }) => ({ path: `/api/orders?skip=${skip}&limit=${limit}` }),
      providesTags: ['Order'],
    }),
    order: build.query<Order, number>({
      query: (id) => ({ path: `/api/orders/${id}` }),
      providesTags: (_, __, id) => [{ type: 'Order', id }],
    }),
    orderEvents: build.query<OrderEvent[], number>({
      query: (id) => ({ path: `/api/orders/${id}/events` }),
      providesTags: (_, __, id) => [{ type: 'Order', id }],
    }),
    cancelOrder: build.mutation<Order, number>({
      query: (id) => ({ path: `/api/orders/${id}/cancel`, method: 'POST' }),
      invalidatesTags: ['Order', 'Product', 'Notification'],
    }),
    notifications: build.query<Notification[], void>({
      query: () => ({ path: '/api/notifications?limit=100' }),
      providesTags: ['Notification'],
    }),
    markNotification: build.mutation<Notification, { id: number; read: boolean }>({
      query: ({ id, read }) => ({ path: `/api/notifications/${id}`, method: 'PATCH', body: { read } }),
      invalidatesTags: ['Notification'],
    }),
  }),
});

export const {
  useOrdersQuery,
  useOrderQuery,
  useOrderEventsQuery,
  useCancelOrderMutation,
  useNotificationsQuery,
  useMarkNotificationMutation,
} = ordersApi;
