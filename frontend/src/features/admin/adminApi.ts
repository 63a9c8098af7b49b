import { shopApi } from '../../api/shopApi';
import type {
  Category,
  DeadLetter,
  Order,
  OrderState,
  OrderSummary,
  Product,
  ProductChange,
} from '../../api/types';

export const adminApi = shopApi.injectEndpoints({
  endpoints: (build) => ({
    createProduct: build.mutation<Product, ProductChange>({
      query: (body) => ({ path: '/api/products', method: 'POST', body }),
      invalidatesTags: ['Product'],
    }),
    changeProduct: build.mutation<Product, { id: number; change: ProductChange }>({
      query: ({ id, change }) => ({ path: `/api/products/${id}`, method: 'PUT', body: change }),
      invalidatesTags: ['Product'],
    }),
    deleteProduct: build.mutation<null, number>({
      query: (id) => ({ path: `/api/products/${id}`, method: 'DELETE' }),
      invalidatesTags: ['Product'],
    }),
    changeStock: build.mutation<Product, { id: number; change: number }>({
      query: ({ id, change }) => ({
        path: `/api/products/${id}/stock?stock_change=${change}`,
        method: 'PATCH',
      }),
      invalidatesTags: ['Product'],
    }),
    createCategory: build.mutation<Category, string>({
      query: (name) => ({ path: '/api/products/categories', method: 'POST', body: { name } }),
      invalidatesTags: ['Category'],
    }),
    allOrders: build.query<
      OrderSummary[],
      { status: OrderState | null; before: number | null; limit: number }
    >({
      query: ({ status, before, limit }) => ({
        path: `/api/admin/orders?limit=${limit}${status ? `&status=${status}` : ''}${before ? `&before=${before}` : ''}`,
      }),
      providesTags: ['Order'],
    }),
    deadLetters: build.query<DeadLetter[], void>({
      query: () => ({ path: '/api/admin/dead-letters' }),
      providesTags: ['DeadLetter'],
    }),
    replayDeadLetters: build.mutation<{ queue: string; replayed: number }, string>({
      query: (queue) => ({ path: `/api/admin/dead-letters/${queue}/replay`, method: 'POST' }),
      invalidatesTags: ['DeadLetter', 'Order'],
    }),
    moveOrder: build.mutation<Order, { id: number; status: OrderState }>({
      query: ({ id, status }) => ({ path: `/api/orders/${id}/status`, method: 'PATCH', body: { status } }),
      invalidatesTags: ['Order'],
    }),
  }),
});

export const {
  useCreateProductMutation,
  useChangeProductMutation,
  useDeleteProductMutation,
  useChangeStockMutation,
  useCreateCategoryMutation,
  useAllOrdersQuery,
  useDeadLettersQuery,
  useReplayDeadLettersMutation,
  useMoveOrderMutation,
} = adminApi;
