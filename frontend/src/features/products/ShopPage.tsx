import { PageTitle } from '../../components/PageTitle';
import { Skeleton } from '@mantine/core';
import { lazy, memo, Suspense, useDeferredValue } from 'react';
import type { Product } from '../../api/types';
import { PageLinks } from '../../components/PageLinks';
import { useTexts } from '../../texts/texts';
import { ProductCard } from './ProductCard';
import { useProductsQuery } from './productsApi';
import classes from './ShopPage.module.css';
import { Toolbar } from './Toolbar';
import { pageSize, useBrowsing } from './useBrowsing';

// Rare on a first visit, so not part of what it loads.
const Failed = lazy(() => import('../../components/Failed'));
const NothingFound = lazy(() => import('./NothingFound'));

/** The landing page: everything there is to buy, searched, sorted and paged by the address. */
export function ShopPage() {
  const texts = useTexts();
  const { query, page, change, pageAddress } = useBrowsing();
  const { data, error, refetch, isFetching } = useProductsQuery(query);
  // Many cards at once would hold the page still on a slow machine: they come in slices, and typing goes first.
  const products = useDeferredValue(data?.products);

  return (
    <>
      <PageTitle of={texts.products.title} />
      <h1 className={classes.title}>{texts.products.title}</h1>
      <Toolbar query={query} change={change} />
      {error && !data ? (
        <Suspense>
          <Failed failure={error} retry={refetch} />
        </Suspense>
      ) : (
        <>
          <p className={classes.count} role="status">
            {data ? texts.products.count(data.total) : ' '}
          </p>
          {data?.total === 0 ? (
            <Suspense>
              <NothingFound />
            </Suspense>
          ) : (
            <ul className={classes.grid} data-fetching={isFetching || undefined}>
              <Cards products={products} />
            </ul>
          )}
          {data && data.total > pageSize && (
            <PageLinks total={Math.ceil(data.total / pageSize)} page={page} to={pageAddress} />
          )}
        </>
      )}
    </>
  );
}

const Cards = memo(function Cards({ products }: { products: Product[] | undefined }) {
  return products
    ? products.map((product, index) => <ProductCard key={product.id} product={product} isFirst={index < 4} />)
    : Array.from({ length: 8 }, (_, index) => (
        <li key={index} aria-hidden>
          <Skeleton className={classes.skeleton ?? ''} />
        </li>
      ));
});
