import { shopApi } from '../../api/shopApi';
import type { Category, Product, Review, Sort } from '../../api/types';

export interface ProductQuery {
  skip: number;
  limit: number;
  category_id?: number;
  q?: string;
  sort?: Sort;
}

export interface ProductPage {
  products: Product[];
  /** How many there are in all. */
  total: number;
}

function search(query: ProductQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      params.set(name, String(value));
    }
  }
  return params.toString();
}

export const productsApi = shopApi.injectEndpoints({
  endpoints: (build) => ({
    products: build.query<ProductPage, ProductQuery>({
      query: (query) => ({ path: `/api/products?${search(query)}` }),
      transformResponse: (products: Product[], meta) => ({
        products,
        total: Number(meta?.headers.get('X-Total-Count') ?? products.length),
      }),
      providesTags: ['Product'],
    }),
    product: build.query<Product, number>({
      query: (id) => ({ path: `/api/products/${id}` }),
      providesTags: ['Product'],
    }),
    reviews: build.query<Review[], { id: number; limit: number }>({
      query: ({ id, limit }) => ({ path: `/api/products/${id}/reviews?limit=${limit}` }),
      providesTags: ['Review'],
    }),
    addReview: build.mutation<Review, { id: number; rating: number; comment: string }>({
      query: ({ id, rating, comment }) => ({
        path: `/api/products/${id}/reviews`,
        method: 'POST',
        body: { rating, comment: comment || null },
      }),
      invalidatesTags: (_, error) => (error ? [] : ['Review', 'Product']),
    }),
    categories: build.query<Category[], void>({
      query: () => ({ path: '/api/products/categories' }),
      providesTags: ['Category'],
    }),
  }),
});

export const {
  useProductsQuery,
  useProductQuery,
  useCategoriesQuery,
  useReviewsQuery,
  useAddReviewMutation,
} = productsApi;
