import { useCallback } from 'react';
import type { Product } from '../../api/types';
import { useAppDispatch, useUser } from '../../app/hooks';
import { toastShown } from '../../app/toasts';
import { useProblems } from '../../components/useProblems';
import { useTexts } from '../../texts/texts';
import { useAddToCartMutation } from './cartApi';
import { guestAdded } from './guestCart';

/** Puts a product into the cart, a guest's or a customer's, and says how it went. */
export function useAddToCart() {
  const isCustomer = useUser() !== null;
  const [addToCart] = useAddToCartMutation();
  const { products } = useTexts();
  const dispatch = useAppDispatch();
  const complain = useProblems();
  return useCallback(
    async (product: Product, quantity: number) => {
      try {
        if (isCustomer) {
          await addToCart({ product, quantity }).unwrap();
        } else {
          dispatch(guestAdded({ product, quantity }));
        }
        dispatch(toastShown('done', products.added(product.name)));
      } catch (failure) {
        complain(failure);
      }
    },
    [isCustomer, addToCart, products, dispatch, complain],
  );
}
