import { Badge } from '@mantine/core';
import type { OrderState } from '../../api/types';
import { usePageTexts } from '../../texts/texts';

const colors: Record<OrderState, string> = {
  pending: 'gray',
  processing: 'indigo',
  paid: 'teal',
  shipped: 'teal',
  delivered: 'teal',
  failed: 'red',
  cancelled: 'gray',
};

export function StateBadge({ state }: { state: OrderState }) {
  const { states } = usePageTexts('order');
  return (
    <Badge color={colors[state]} variant="light" autoContrast size="lg" tt="none" data-state={state}>
      {states[state]}
    </Badge>
  );
}
