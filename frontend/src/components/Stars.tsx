import { IconStarFilled } from '@tabler/icons-react';
import { useTexts } from '../texts/texts';
import classes from './Stars.module.css';
import { useFormats } from './useFormats';

export function Stars({ rating, count }: { rating: number; count: number }) {
  const { products } = useTexts();
  const { decimal } = useFormats();
  if (count === 0) {
    return null;
  }
  return (
    <span className={classes.stars} role="img" aria-label={products.rating(decimal(rating), count)}>
      <IconStarFilled size={14} aria-hidden />
      {decimal(rating)} <span className={classes.count}>({count})</span>
    </span>
  );
}
