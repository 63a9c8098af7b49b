import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { useFormats } from '../../components/useFormats';
import { usePageTexts, useTexts } from '../../texts/texts';
import { useOrdersQuery } from './ordersApi';
import classes from './OrdersPage.module.css';
import { StateBadge } from './StateBadge';

const pageSize = 20;

export default function OrdersPage() {
  const texts = usePageTexts('order');
  const { toProducts } = useTexts();
  const { money, time } = useFormats();
  const [params] = useSearchParams();
  const page = Math.max(1, Math.trunc(Number(params.get('page'))) || 1);
  // One more than is shown tells whether there is another page.
  const { data, error, refetch } = useOrdersQuery(
    { skip: (page - 1) * pageSize, limit: pageSize + 1 },
    { refetchOnMountOrArgChange: true },
  );

  return (
    <>
      <PageTitle of={texts.title} />
      <Title order={1} mb="lg">
        {texts.title}
      </Title>
      {error && !data && <Failed failure={error} retry={refetch} />}
      {!error && !data && (
        <Stack gap="sm">
          {[1, 2, 3].map((each) => (
            <Skeleton key={each} h={72} radius="lg" />
          ))}
        </Stack>
      )}
      {data?.length === 0 && (
        <Empty title={texts.none} hint={texts.noneHint}>
          <Button component={Link} to="/">
            {toProducts}
          </Button>
        </Empty>
      )}
      <ul className={classes.orders}>
        {data?.slice(0, pageSize).map((order) => (
          <li key={order.id}>
            <Link to={`/orders/${order.id}`}>
              <strong>{texts.number(order.id)}</strong>
              <span className={classes.when}>
                {time(order.created_at)} · {texts.items(order.item_count)}
              </span>
              <StateBadge state={order.status} />
              <span className={classes.total}>{money(order.total_amount)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Group mt="lg">
        {page > 1 && (
          <Button component={Link} to={`?page=${page - 1}`} variant="default">
            {texts.newer}
          </Button>
        )}
        {data && data.length > pageSize && (
          <Button component={Link} to={`?page=${page + 1}`} variant="default">
            {texts.older}
          </Button>
        )}
      </Group>
    </>
  );
}
