import type { ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { shopApi } from '../../api/shopApi';
import type { Cart, CartItem, Product } from '../../api/types';
import { cents, decimal } from '../../components/money';
import { quantity_max } from './guestCart';

/** What the cart becomes, shown before the shop has answered. */
export function withAdded(cart: Cart, product: Product, quantity: number): Cart {
  const known = cart.items.find((each) => each.product_id === product.id);
  if (known) {
    return withQuantity(cart, known.id, Math.min(known.quantity + quantity, quantity_max));
  }
  const item: CartItem = {
    id: -product.id, // the shop gives it another one; until then it cannot be changed
    product_id: product.id,
    product_name: product.name,
    name: product.name,
    image_url: product.image_url,
    price: product.price,
    price_snapshot: product.price,
    quantity,
    subtotal: '',
  };
  return totalled({ ...cart, items: [...cart.items, item] });
}

export function withQuantity(cart: Cart, item_id: number, quantity: number): Cart {
  const items = cart.items
    .map((each) => (each.id === item_id ? { ...each, quantity } : each))
    .filter((each) => each.quantity > 0);
  return totalled({ ...cart, items });
}

function totalled(cart: Cart): Cart {
  const items = cart.items.map((each) => ({ ...each, subtotal: decimal(cents(each.price) * each.quantity) }));
  return { ...cart, items, total: decimal(items.reduce((sum, each) => sum + cents(each.subtotal), 0)) };
}

export const cartApi = shopApi.injectEndpoints({
  endpoints: (build) => ({
    cart: build.query<Cart, void>({ query: () => ({ path: '/api/cart' }), providesTags: ['Cart'] }),
    addToCart: build.mutation<Cart, { product: Product; quantity: number }>({
      query: ({ product, quantity }) => ({
        path: '/api/cart/items',
        method: 'POST',
        body: { product_id: product.id, quantity },
      }),
      onQueryStarted: ({ product, quantity }, api) =>
        shownAtOnce(api, (cart) => withAdded(cart, product, quantity)),
    }),
    setQuantity: build.mutation<Cart, { item_id: number; quantity: number }>({
      query: ({ item_id, quantity }) => ({
        path: `/api/cart/items/${item_id}`,
        method: 'PUT',
        body: { quantity },
      }),
      onQueryStarted: ({ item_id, quantity }, api) =>
        shownAtOnce(api, (cart) => withQuantity(cart, item_id, quantity)),
    }),
    clearCart: build.mutation<Cart, void>({
      query: () => ({ path: '/api/cart', method: 'DELETE' }),
      onQueryStarted: (_, api) => shownAtOnce(api, (cart) => ({ ...cart, items: [], total: '0.00' })),
    }),
  }),
});

interface Change {
  dispatch: ThunkDispatch<any, unknown, UnknownAction>; // any: as the toolkit itself hands it over
  queryFulfilled: Promise<{ data: Cart }>;
}

/** Counts changes, so that an answer that comes late does not replace what a later one has told. */
let latest = 0;

/**
 * Shows the cart as it will be; the shop's answer replaces it. When the shop refuses, the change is taken back and
 * the cart read again: another change may have come in between.
 */
async function shownAtOnce(
  { dispatch, queryFulfilled }: Change,
  change: (cart: Cart) => Cart,
): Promise<void> {
  const turn = ++latest;
  const patch = dispatch(cartApi.util.updateQueryData('cart', undefined, change));
  try {
    const { data } = await queryFulfilled;
    if (turn === latest) {
      dispatch(cartApi.util.updateQueryData('cart', undefined, () => data));
    } else {
      dispatch(cartApi.util.invalidateTags(['Cart']));
    }
  } catch {
    patch.undo();
    dispatch(cartApi.util.invalidateTags(['Cart']));
  }
}

export const { useCartQuery, useAddToCartMutation, useSetQuantityMutation, useClearCartMutation } = cartApi;
