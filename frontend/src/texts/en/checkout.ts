export const checkout = {
  title: 'Checkout',
  address: 'Shipping address',
  addressHint: 'Street, town, country',
  method: 'Payment method',
  methods: { credit_card: 'Credit card', paypal: 'PayPal', bank_transfer: 'Bank transfer' },
  summary: 'Your order',
  total: 'Total',
  buy: (total: string) => `Buy for ${total}`,
  buying: 'Buying',
  waitingMonolith:
    'The monolith answers when the payment is through and the mail is out. This takes a few seconds.',
  leftover:
    'A purchase of your last visit was never answered. Look at your orders: it may have happened. Asking again buys it if it has not.',
  askAgain: 'Ask again',
  forget: 'Forget it',
  boughtMeanwhile: (id: number, architecture: string) => `Order #${id} is placed (${architecture}).`,
  ambiguous: 'No answer came. Try again: the same purchase cannot happen twice.',
  emptyTitle: 'There is nothing to check out',
  declined: 'The payment was declined. Nothing was charged and nothing was ordered.',
};
