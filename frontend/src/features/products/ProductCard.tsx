import { Button } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'react-router';
import type { Product } from '../../api/types';
import { Picture } from '../../components/Picture';
import { Stars } from '../../components/Stars';
import { useFormats } from '../../components/useFormats';
import { useTexts } from '../../texts/texts';
import { useAddToCart } from '../cart/useAddToCart';
import { Availability } from './Availability';
import classes from './ProductCard.module.css';

export const ProductCard = memo(function ProductCard({
  product,
  isFirst,
}: {
  product: Product;
  isFirst: boolean;
}) {
  const { products } = useTexts();
  const { money } = useFormats();
  const add = useAddToCart();
  return (
    <li className={classes.card}>
      <Picture url={product.image_url} className={classes.picture ?? ''} isFirst={isFirst} />
      <div className={classes.body}>
        <h2 className={classes.name}>
          <Link to={`/products/${product.id}`}>{product.name}</Link>
        </h2>
        <p className={classes.description}>{product.description}</p>
        <div className={classes.facts}>
          <Availability stock={product.available_stock} />
          <Stars rating={product.average_rating} count={product.review_count} />
        </div>
        <div className={classes.buy}>
          <span className={classes.price}>{money(product.price)}</span>
          <Button
            size="sm"
            disabled={product.available_stock === 0}
            aria-label={products.addNamed(product.name)}
            onClick={() => void add(product, 1)}
          >
            {products.add}
          </Button>
        </div>
      </div>
    </li>
  );
});
