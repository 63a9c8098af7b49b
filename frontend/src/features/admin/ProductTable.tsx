import { ActionIcon, Button, Skeleton, Table, Title } from '@mantine/core';
import { IconPackages, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Product } from '../../api/types';
import Failed from '../../components/Failed';
import { PageLinks } from '../../components/PageLinks';
import { useFormats } from '../../components/useFormats';
import { usePageTexts } from '../../texts/texts';
import { useProductsQuery } from '../products/productsApi';
import { browsingOf } from '../products/useBrowsing';
import classes from './Admin.module.css';
import { DeleteDialog } from './DeleteDialog';
import { ProductDialog } from './ProductDialog';
import { StockDialog } from './StockDialog';

const pageSize = 25;

type Open = { what: 'new' } | { what: 'edit' | 'stock' | 'delete'; product: Product };

export function ProductTable() {
  const texts = usePageTexts('admin');
  const [params] = useSearchParams();
  const { page } = browsingOf(params);
  const { data, error, refetch } = useProductsQuery({
    skip: (page - 1) * pageSize,
    limit: pageSize,
    sort: 'newest',
  });
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <section className={classes.card}>
      <div className={classes.head}>
        <Title order={2} size="h4">
          {texts.products}
        </Title>
        <Button onClick={() => setOpen({ what: 'new' })}>{texts.newProduct}</Button>
      </div>
      {error && !data && <Failed failure={error} retry={refetch} />}
      {!error && !data && <Skeleton h={320} />}
      {data && <Rows products={data.products} open={setOpen} />}
      {data && data.total > pageSize && (
        <PageLinks
          total={Math.ceil(data.total / pageSize)}
          page={page}
          to={(next) => (next > 1 ? `?page=${next}` : '?')}
        />
      )}
      {open?.what === 'new' && <ProductDialog product={null} close={close} />}
      {open?.what === 'edit' && <ProductDialog product={open.product} close={close} />}
      {open?.what === 'stock' && <StockDialog product={open.product} close={close} />}
      {open?.what === 'delete' && <DeleteDialog product={open.product} close={close} />}
    </section>
  );
}

function Rows({ products, open }: { products: Product[]; open: (open: Open) => void }) {
  const texts = usePageTexts('admin');
  const { money } = useFormats();
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.name}</Table.Th>
            <Table.Th className={classes.number ?? ''}>{texts.price}</Table.Th>
            <Table.Th className={classes.number ?? ''}>{texts.stock}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {products.map((product) => (
            <Table.Tr key={product.id}>
              <Table.Td>
                <Link to={`/products/${product.id}`} style={{ color: 'inherit' }}>
                  {product.name}
                </Link>
              </Table.Td>
              <Table.Td className={classes.number ?? ''}>{money(product.price)}</Table.Td>
              <Table.Td className={classes.number ?? ''}>{product.available_stock}</Table.Td>
              <Table.Td className={classes.actions ?? ''}>
                <ActionIcon
                  variant="default"
                  aria-label={texts.changeStock(product.name)}
                  onClick={() => open({ what: 'stock', product })}
                >
                  <IconPackages size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={texts.edit(product.name)}
                  onClick={() => open({ what: 'edit', product })}
                >
                  <IconPencil size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={texts.remove(product.name)}
                  onClick={() => open({ what: 'delete', product })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
