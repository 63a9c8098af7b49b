import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Alert, Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Order } from '../../api/types';
import { useAppDispatch } from '../../app/hooks';
import { toastShown } from '../../app/toasts';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { useFormats } from '../../components/useFormats';
import { useProblems } from '../../components/useProblems';
import { usePageTexts, useTexts } from '../../texts/texts';
import { useAddToCartMutation } from '../cart/cartApi';
import { FlightLink } from '../flight/FlightLink';
import { productsApi } from '../products/productsApi';
import classes from './OrderPage.module.css';
import { useCancelOrderMutation } from './ordersApi';
import { StateBadge } from './StateBadge';
import { OrderTimeline } from './OrderTimeline';
import { useLiveOrder } from './useLiveOrder';

export default function OrderPage() {
  const id = Number(useParams().id);
  const texts = usePageTexts('order');
  const { toProducts } = useTexts();
  const { order, events, means } = useLiveOrder(id);
  const { error } = order;

  if (error && 'status' in error && (error.status === 404 || error.status === 422)) {
    return (
      <Empty title={texts.missing}>
        <Button component={Link} to="/">
          {toProducts}
        </Button>
      </Empty>
    );
  }
  if (error && !order.data) {
    return <Failed failure={error} retry={order.refetch} />;
  }
  return order.data ? (
    <div className={classes.page}>
      <div>
        <Head order={order.data} />
        <Lines order={order.data} />
      </div>
      <Paper className={classes.card ?? ''} withBorder>
        <Group justify="space-between">
          <Title order={2} size="h4">
            {texts.timeline}
          </Title>
          {means && (
            <Text size="sm" className={classes.live ?? ''} data-means={means}>
              {means === 'stream' ? texts.live : texts.polling}
            </Text>
          )}
        </Group>
        <OrderTimeline order={order.data} events={events.data ?? []} />
        <FlightLink id={id} />
      </Paper>
    </div>
  ) : (
    <Skeleton h={360} />
  );
}

function Head({ order }: { order: Order }) {
  const texts = usePageTexts('order');
  const { time } = useFormats();
  return (
    <>
      <PageTitle of={texts.number(order.id)} />
      <Group gap="md">
        <Title order={1}>{texts.number(order.id)}</Title>
        <StateBadge state={order.status} />
      </Group>
      <Text c="dimmed" mb="md">
        {texts.placed} {time(order.created_at)}
      </Text>
      {order.status === 'failed' && <Reason order={order} />}
    </>
  );
}

/** Why it failed, with the way on. */
function Reason({ order }: { order: Order }) {
  const texts = usePageTexts('order');
  const reason = (order.reason ?? 'other') as keyof typeof texts.reasons;
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const complain = useProblems();
  const [addToCart] = useAddToCartMutation();
  const [isBusy, setIsBusy] = useState(false);

  const putBack = async () => {
    setIsBusy(true);
    try {
      for (const item of order.items) {
        const product = await dispatch(productsApi.endpoints.product.initiate(item.product_id)).unwrap();
        await addToCart({ product, quantity: item.quantity }).unwrap();
      }
      void navigate('/checkout');
    } catch (failure) {
      complain(failure);
    }
    setIsBusy(false);
  };

  return (
    <Alert color="red" variant="light" role="alert" mb="md">
      <Text mb="sm">{texts.reasons[reason] ?? texts.reasons.other}</Text>
      <Button variant="default" size="compact-md" loading={isBusy} onClick={() => void putBack()}>
        {texts.putBack}
      </Button>
    </Alert>
  );
}

function Lines({ order }: { order: Order }) {
  const texts = usePageTexts('order');
  const { methods } = usePageTexts('checkout');
  const { money } = useFormats();
  const address = order.shipping_address;
  return (
    <>
      <ul className={classes.lines}>
        {order.items.map((item) => (
          <li key={item.id}>
            <Link to={`/products/${item.product_id}`}>{item.product_name}</Link>
            <span>
              {item.quantity} × {money(item.price)}
            </span>
            <strong>{money(item.subtotal)}</strong>
          </li>
        ))}
        <li className={classes.total}>
          <span>{texts.total}</span>
          <strong>{money(order.total_amount)}</strong>
        </li>
      </ul>
      <dl className={classes.facts}>
        {address && (
          <>
            <dt>{texts.address}</dt>
            <dd>{typeof address === 'string' ? address : Object.values(address).join(', ')}</dd>
          </>
        )}
        <dt>{texts.method}</dt>
        <dd>{methods[order.payment_method]}</dd>
        {order.payment?.transaction_id && (
          <>
            <dt>{texts.payment}</dt>
            <dd>
              <code>{order.payment.transaction_id}</code>
            </dd>
          </>
        )}
      </dl>
      <Cancel order={order} />
    </>
  );
}

function Cancel({ order }: { order: Order }) {
  const texts = usePageTexts('order');
  const dispatch = useAppDispatch();
  const complain = useProblems();
  const [cancelOrder, { isLoading }] = useCancelOrderMutation();
  const [isAsked, setIsAsked] = useState(false);
  if (!['pending', 'processing', 'paid'].includes(order.status)) {
    return null;
  }
  const cancel = async () => {
    try {
      await cancelOrder(order.id).unwrap();
      dispatch(toastShown('done', texts.cancelled));
    } catch (failure) {
      complain(failure);
    }
    setIsAsked(false);
  };
  return isAsked ? (
    <Alert color="gray" role="alertdialog" aria-label={texts.cancelQuestion}>
      <Text mb="sm">{texts.cancelQuestion}</Text>
      <Group>
        <Button color="red" size="compact-md" loading={isLoading} onClick={() => void cancel()}>
          {texts.cancelYes}
        </Button>
        <Button variant="default" size="compact-md" onClick={() => setIsAsked(false)}>
          {texts.cancelNo}
        </Button>
      </Group>
    </Alert>
  ) : (
    <Button variant="default" size="compact-md" onClick={() => setIsAsked(true)}>
      {texts.cancel}
    </Button>
  );
}
