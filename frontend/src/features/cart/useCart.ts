import { useMemo } from 'react';
import { useAppDispatch, useAppSelector, useUser } from '../../app/hooks';
import { cents, decimal } from '../../components/money';
import { useCartQuery, useClearCartMutation, useSetQuantityMutation } from './cartApi';
import { guestCartTaken, type GuestLine, guestQuantitySet } from './guestCart';

export interface CartLine {
  /** What a change of quantity names: the cart's item, or for a guest the product. */
  key: number;
  product_id: number;
  name: string;
  image_url: string | null;
  price: string;
  quantity: number;
  subtotal: string;
  /** The shop has not said yet how it calls this line. */
  isProvisional: boolean;
}

function guestLines(lines: GuestLine[]): CartLine[] {
  return lines.map((line) => ({
    ...line,
    key: line.product_id,
    subtotal: decimal(cents(line.price) * line.quantity),
    isProvisional: false,
  }));
}

/** One cart for everybody: a guest's lives in the browser, a customer's in the shop. */
export function useCart() {
  const dispatch = useAppDispatch();
  const user = useUser();
  const guest = useAppSelector((state) => state.guestCart);
  const { data, isLoading, error, refetch } = useCartQuery(undefined, { skip: !user });
  const [set] = useSetQuantityMutation();
  const [clear] = useClearCartMutation();

  const lines = useMemo<CartLine[]>(
    () =>
      user
        ? (data?.items ?? []).map((item) => ({ ...item, key: item.id, isProvisional: item.id < 0 }))
        : guestLines(guest),
    [user, data, guest],
  );

  return {
    lines,
    total: decimal(lines.reduce((sum, line) => sum + cents(line.subtotal), 0)),
    count: lines.reduce((sum, line) => sum + line.quantity, 0),
    isLoading,
    error,
    refetch,
    /** 0 removes the line. Rejects with the shop's Problem. */
    setQuantity: async (line: CartLine, quantity: number) => {
      if (user) {
        await set({ item_id: line.key, quantity }).unwrap();
      } else {
        dispatch(guestQuantitySet({ product_id: line.product_id, quantity }));
      }
    },
    clear: async () => {
      if (user) {
        await clear().unwrap();
      } else {
        dispatch(guestCartTaken());
      }
    },
  };
}
