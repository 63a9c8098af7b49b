import type { cart as english } from '../en/cart';
import { plural } from '../plural';

export const cart: typeof english = {
  title: 'Warenkorb',
  empty: 'Ihr Warenkorb ist leer',
  emptyHint: 'Legen Sie etwas hinein: Er bleibt erhalten, auch wenn Sie nicht angemeldet sind.',
  quantityOf: (name) => `Anzahl ${name}`,
  more: (name) => `${name}: einer mehr`,
  fewer: (name) => `${name}: einer weniger`,
  remove: (name) => `${name} entfernen`,
  total: 'Summe',
  items: (count) => plural(count, '1 Artikel', '# Artikel'),
  checkout: 'Zur Kasse',
  loginToCheckout: 'Anmelden und zur Kasse',
  close: 'Warenkorb schließen',
  each: (price) => `je ${price}`,
};
