export const product = {
  quantity: 'Quantity',
  reviews: 'Reviews',
  noReviews: 'Nobody has reviewed this yet.',
  writeReview: 'Write a review',
  rating: 'Your rating',
  stars: (count: number) => (count === 1 ? '1 star' : `${count} stars`),
  comment: 'What should others know? (optional)',
  send: 'Send the review',
  thanks: 'Thank you. Your review is published.',
  loginToReview: 'Log in to review what you have bought.',
  more: 'More reviews',
  gone: 'This product is gone',
};
