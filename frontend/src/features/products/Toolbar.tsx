import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Sort } from '../../api/types';
import { useTexts } from '../../texts/texts';
import { type ProductQuery, useCategoriesQuery } from './productsApi';
import classes from './ShopPage.module.css';
import { type Browsing, sorts } from './useBrowsing';

const typingPause_ms = 250;

interface Props {
  query: ProductQuery;
  change: (changes: Partial<Browsing>) => void;
}

export function Toolbar({ query, change }: Props) {
  const { products } = useTexts();
  const { data: categories = [] } = useCategoriesQuery();
  return (
    <search className={classes.toolbar}>
      <SearchField q={query.q ?? ''} change={change} />
      <NativeSelect
        aria-label={products.category}
        value={query.category_id ?? ''}
        onChange={(event) => change({ category_id: Number(event.currentTarget.value) || undefined })}
        data={[
          { value: '', label: products.allCategories },
          ...categories.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <NativeSelect
        aria-label={products.sort}
        value={query.sort ?? ''}
        onChange={(event) => change({ sort: (event.currentTarget.value || undefined) as Sort | undefined })}
        data={[
          { value: '', label: products.sort },
          ...sorts.map((sort) => ({ value: sort, label: products.sorts[sort] })),
        ]}
      />
    </search>
  );
}

/** Searches as one types, after a short pause; what is typed shows at once. */
function SearchField({ q, change }: { q: string; change: Props['change'] }) {
  const { products } = useTexts();
  const [typed, setTyped] = useState(q);
  const [before, setBefore] = useState(q);
  if (q !== before) {
    setBefore(q);
    setTyped(q);
  }
  const searchLater = useDebouncedCallback((text: string) => change({ q: text }), typingPause_ms);
  return (
    <TextInput
      type="search"
      aria-label={products.search}
      placeholder={products.search}
      leftSection={<IconSearch size={18} aria-hidden />}
      className={classes.search ?? ''}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchLater(event.currentTarget.value);
      }}
    />
  );
}
