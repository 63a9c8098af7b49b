import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Product } from '../../api/types';

/** A line of the cart of somebody who is not signed in: what the page needs to show it. */
export interface GuestLine {
  product_id: number;
  name: string;
  image_url: string | null;
  price: string;
  quantity: number;
}

export const quantity_max = 999;
const lines_max = 100;
export const guestCartKey = 'tandem.guest-cart';

/** Only what this app can have written is taken back; anything else is an empty cart. */
export function restoredGuestCart(text: string | null): GuestLine[] {
  try {
    const lines: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(lines) && lines.every(isLine) ? lines.slice(0, lines_max) : [];
  } catch {
    return [];
  }
}

function isLine(value: unknown): value is GuestLine {
  const line = value as Partial<GuestLine> | null;
  return (
    Number.isInteger(line?.product_id) &&
    Number.isInteger(line?.quantity) &&
    typeof line?.name === 'string' &&
    typeof line.price === 'string' &&
    /^\d+\.\d\d$/.test(line.price)
  );
}

export function rememberGuestCart(lines: GuestLine[]): void {
  localStorage.setItem(guestCartKey, JSON.stringify(lines));
}

const slice = createSlice({
  name: 'guestCart',
  initialState: () => restoredGuestCart(localStorage.getItem(guestCartKey)),
  reducers: {
    guestAdded: (lines, action: PayloadAction<{ product: Product; quantity: number }>) => {
      const { product, quantity } = action.payload;
      const line = lines.find((each) => each.product_id === product.id);
      if (line) {
        line.quantity = Math.min(line.quantity + quantity, quantity_max);
        line.price = product.price;
      } else if (lines.length < lines_max) {
        const { name, image_url, price } = product;
        lines.push({ product_id: product.id, name, image_url, price, quantity });
      }
    },
    guestQuantitySet: (lines, action: PayloadAction<{ product_id: number; quantity: number }>) => {
      const { product_id, quantity } = action.payload;
      const line = lines.find((each) => each.product_id === product_id);
      if (line && quantity > 0) {
        line.quantity = Math.min(quantity, quantity_max);
        return lines;
      }
      return lines.filter((each) => each.product_id !== product_id);
    },
    guestCartTaken: () => [],
    /** As another tab has written it. */
    guestCartRestored: (_, action: PayloadAction<string | null>) => restoredGuestCart(action.payload),
  },
});

export const { guestAdded, guestQuantitySet, guestCartTaken, guestCartRestored } = slice.actions;
export const guestCartReducer = slice.reducer;
