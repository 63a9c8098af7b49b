import { Badge } from '@mantine/core';
import type { OrderState } from '../../api/types';
import { usePageTexts } from '../../texts/texts';
import classes from './StateBadge.module.css';

export function StateBadge({ state }: { state: OrderState }) {
  const { states } = usePageTexts('order');
  return (
    <Badge className={classes.badge ?? ''} variant="outline" size="lg" tt="none" data-state={state}>
      {states[state]}
    </Badge>
  );
}
