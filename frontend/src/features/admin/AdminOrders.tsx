import { Button, Group, NativeSelect, Skeleton, Title } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import type { OrderState } from '../../api/types';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { usePageTexts } from '../../texts/texts';
import classes from './Admin.module.css';
import { useAllOrdersQuery } from './adminApi';
import { MoveOrder } from './MoveOrder';
import { OrderTable } from './OrderTable';

const pageSize = 25;
const states: OrderState[] = ['pending', 'processing', 'paid', 'shipped', 'delivered', 'failed', 'cancelled'];

/** Which orders an address asks for; nonsense asks for all. */
export function orderFilterOf(params: URLSearchParams): { status: OrderState | null; before: number | null } {
  const before = Number(params.get('before'));
  return {
    status: states.find((each) => each === params.get('status')) ?? null,
    before: Number.isSafeInteger(before) && before > 0 ? before : null,
  };
}

export default function AdminOrders() {
  const texts = usePageTexts('admin');
  const order = usePageTexts('order');
  const [params, setParams] = useSearchParams();
  const filter = orderFilterOf(params);
  // One more than is shown tells whether there is another page.
  const { data, error, refetch } = useAllOrdersQuery(
    { ...filter, limit: pageSize + 1 },
    { refetchOnMountOrArgChange: true },
  );
  const shown = data?.slice(0, pageSize);
  const next = new URLSearchParams(params);
  next.set('before', String(shown?.at(-1)?.id));
  const first = filter.status ? `?status=${filter.status}` : '?';
  return (
    <>
      <section className={classes.card}>
        <div className={classes.head}>
          <Title order={2} size="h4">
            {texts.orders}
          </Title>
          <NativeSelect
            aria-label={texts.inState}
            value={filter.status ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setParams(value ? { status: value } : {});
            }}
            data={[
              { value: '', label: texts.anyState },
              ...states.map((each) => ({ value: each, label: order.states[each] })),
            ]}
          />
        </div>
        {error && !data && <Failed failure={error} retry={refetch} />}
        {!error && !data && <Skeleton h={320} />}
        {shown?.length === 0 && <Empty title={texts.noOrders} />}
        {shown && shown.length > 0 && <OrderTable orders={shown} />}
        <Group mt="md">
          {filter.before && (
            <Button component={Link} to={first} variant="default">
              {texts.newest}
            </Button>
          )}
          {data && data.length > pageSize && (
            <Button component={Link} to={`?${next}`} variant="default">
              {order.older}
            </Button>
          )}
        </Group>
      </section>
      <div className={classes.below}>
        <MoveOrder />
      </div>
    </>
  );
}
