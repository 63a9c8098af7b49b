import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Button, NumberInput, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { Product } from '../../api/types';
import NotFound from '../../app/NotFound';
import Failed from '../../components/Failed';
import { Picture } from '../../components/Picture';
import { Stars } from '../../components/Stars';
import { useFormats } from '../../components/useFormats';
import { usePageTexts, useTexts } from '../../texts/texts';
import { quantity_max } from '../cart/guestCart';
import { useAddToCart } from '../cart/useAddToCart';
import { Availability } from './Availability';
import classes from './ProductPage.module.css';
import { useProductQuery } from './productsApi';
import { Reviews } from './Reviews';

export default function ProductPage() {
  const id = Number(useParams().id);
  const isId = Number.isInteger(id) && id > 0;
  const { data, error, refetch } = useProductQuery(id, { skip: !isId });
  if (!isId || (error && 'status' in error && error.status === 404)) {
    return <NotFound />;
  }
  if (error && !data) {
    return <Failed failure={error} retry={refetch} />;
  }
  return data ? (
    <>
      <PageTitle of={data.name} />
      <Details product={data} />
      <Reviews product={data} />
    </>
  ) : (
    <div className={classes.page} aria-busy>
      <Skeleton className={classes.picture ?? ''} />
      <div>
        <Skeleton h={40} mb="md" />
        <Skeleton h={90} mb="md" />
        <Skeleton h={40} w={200} />
      </div>
    </div>
  );
}

function Details({ product }: { product: Product }) {
  const texts = usePageTexts('product');
  const { products } = useTexts();
  const { money } = useFormats();
  const add = useAddToCart();
  const [quantity, setQuantity] = useState(1);
  return (
    <article className={classes.page}>
      <Picture url={product.image_url} className={classes.picture ?? ''} isFirst />
      <div className={classes.facts}>
        <h1>{product.name}</h1>
        <Stars rating={product.average_rating} count={product.review_count} />
        <p className={classes.description}>{product.description}</p>
        <p className={classes.price}>{money(product.price)}</p>
        <Availability stock={product.available_stock} />
        <div className={classes.buy}>
          <NumberInput
            aria-label={texts.quantity}
            value={quantity}
            onChange={(value) => setQuantity(Number(value) || 1)}
            min={1}
            max={quantity_max}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="strict"
            w={96}
            size="md"
          />
          <Button
            size="md"
            disabled={product.available_stock === 0}
            onClick={() => void add(product, quantity)}
          >
            {products.add}
          </Button>
        </div>
      </div>
    </article>
  );
}
