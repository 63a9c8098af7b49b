import { shopApi } from '../../api/shopApi';
import type { Category, Order, OrderState, Product, ProductChange } from '../../api/types';

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
  useMoveOrderMutation,
} = adminApi;
