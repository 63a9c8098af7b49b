import { plural } from '../plural';

export const cart = {
  title: 'Cart',
  empty: 'Your cart is empty',
  emptyHint: 'Put something into it: it is kept, even when you are not logged in.',
  quantityOf: (name: string) => `Quantity of ${name}`,
  more: (name: string) => `One more ${name}`,
  fewer: (name: string) => `One ${name} less`,
  remove: (name: string) => `Remove ${name}`,
  total: 'Total',
  items: (count: number) => plural(count, '1 item', '# items'),
  checkout: 'Check out',
  loginToCheckout: 'Log in to check out',
  close: 'Close the cart',
  each: (price: string) => `${price} each`,
};
