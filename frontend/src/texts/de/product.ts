import type { product as english } from '../en/product';

export const product: typeof english = {
  quantity: 'Anzahl',
  reviews: 'Bewertungen',
  noReviews: 'Das hat noch niemand bewertet.',
  writeReview: 'Bewertung schreiben',
  rating: 'Ihre Bewertung',
  stars: (count) => (count === 1 ? '1 Stern' : `${count} Sterne`),
  comment: 'Was sollten andere wissen? (freiwillig)',
  send: 'Bewertung absenden',
  thanks: 'Danke. Ihre Bewertung ist veröffentlicht.',
  loginToReview: 'Melden Sie sich an, um zu bewerten, was Sie gekauft haben.',
  more: 'Mehr Bewertungen',
  gone: 'Dieses Produkt gibt es nicht mehr',
};
