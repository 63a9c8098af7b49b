export const checkout = {
  title: 'Checkout',
  address: 'Shipping address',
  addressHint: 'Street, town, country',
  addressMissing: 'Where shall we send it?',
  method: 'Payment method',
  methods: { credit_card: 'Credit card', paypal: 'PayPal', bank_transfer: 'Bank transfer' },
  summary: 'Your order',
  total: 'Total',
  buy: (total: string) => `Buy for ${total}`,
  buying: 'Buying',
  waitingMonolith:
    'The monolith answers when the payment is through and the mail is out. This takes a few seconds.',
  resumed: 'Your last purchase has not been answered yet. We ask again; it cannot be bought twice.',
  ambiguous: 'No answer came. Try again: the same purchase cannot happen twice.',
  emptyTitle: 'There is nothing to check out',
  declined: 'The payment was declined. Nothing was charged and nothing was ordered.',
  changeCart: 'Change the cart',
};
