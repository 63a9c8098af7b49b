import { Button, Table } from '@mantine/core';
import { Link } from 'react-router';
import type { OrderState, OrderSummary } from '../../api/types';
import { useFormats } from '../../components/useFormats';
import { usePageTexts } from '../../texts/texts';
import { StateBadge } from '../orders/StateBadge';
import classes from './Admin.module.css';
import { useMoveOrderMutation } from './adminApi';
import { useAttempt } from './useAttempt';

/** To where an administrator may move an order, by the rules of the shop; what leads on stands first. */
export const movesFrom: Record<OrderState, OrderState[]> = {
  pending: ['cancelled'],
  processing: ['cancelled'],
  paid: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  failed: [],
  cancelled: [],
};

export function OrderTable({ orders }: { orders: OrderSummary[] }) {
  const texts = usePageTexts('admin');
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.order}</Table.Th>
            <Table.Th>{texts.customer}</Table.Th>
            <Table.Th>{texts.state}</Table.Th>
            <Table.Th className={classes.number ?? ''}>{texts.total}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {orders.map((order) => (
            <OrderRow key={order.id} order={order} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function OrderRow({ order }: { order: OrderSummary }) {
  const texts = usePageTexts('admin');
  const { number, states } = usePageTexts('order');
  const { money, time } = useFormats();
  const [moveOrder] = useMoveOrderMutation();
  const { attempt, isBusy } = useAttempt();
  const move = (status: OrderState) =>
    void attempt(() => moveOrder({ id: order.id, status }).unwrap(), texts.moved(order.id));
  return (
    <Table.Tr>
      <Table.Td>
        <Link to={`/orders/${order.id}`} style={{ color: 'inherit' }}>
          {number(order.id)}
        </Link>
        <div className={classes.when}>{time(order.created_at)}</div>
      </Table.Td>
      <Table.Td>{order.user_email}</Table.Td>
      <Table.Td>
        <StateBadge state={order.status} />
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>{money(order.total_amount)}</Table.Td>
      <Table.Td>
        <div className={classes.actions}>
          {movesFrom[order.status].map((status) => (
            <Button
              key={status}
              size="xs"
              variant="default"
              disabled={isBusy}
              aria-label={texts.moveOrder(order.id, states[status])}
              onClick={() => move(status)}
            >
              {states[status]}
            </Button>
          ))}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
