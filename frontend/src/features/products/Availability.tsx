import { useTexts } from '../../texts/texts';
import classes from './Availability.module.css';

const few = 5;

export function Availability({ stock }: { stock: number }) {
  const { products } = useTexts();
  if (stock === 0) {
    return <span className={classes.out}>{products.soldOut}</span>;
  }
  return stock <= few ? (
    <span className={classes.few}>{products.left(stock)}</span>
  ) : (
    <span className={classes.many}>{products.inStock}</span>
  );
}
