import { Button, NativeSelect, TextInput, Title } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { OrderState } from '../../api/types';
import { usePageTexts } from '../../texts/texts';
import classes from './Admin.module.css';
import { useMoveOrderMutation } from './adminApi';
import { useAttempt } from './useAttempt';

const targets: OrderState[] = ['shipped', 'delivered', 'cancelled'];

export function MoveOrder() {
  const texts = usePageTexts('admin');
  const { states } = usePageTexts('order');
  const [number, setNumber] = useState('');
  const [status, setStatus] = useState<OrderState>('shipped');
  const [moveOrder] = useMoveOrderMutation();
  const { attempt, isBusy } = useAttempt();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const id = Number(number);
    void attempt(() => moveOrder({ id, status }).unwrap(), texts.moved(id));
  };
  return (
    <section className={classes.card}>
      <Title order={2} size="h4" mb="sm">
        {texts.order}
      </Title>
      <form onSubmit={submit}>
        <TextInput
          label={texts.orderNumber}
          required
          inputMode="numeric"
          pattern="[1-9][0-9]*"
          maxLength={18}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <NativeSelect
          label={texts.moveTo}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value as OrderState)}
          data={targets.map((each) => ({ value: each, label: states[each] }))}
        />
        <Button type="submit" loading={isBusy}>
          {texts.move}
        </Button>
      </form>
    </section>
  );
}
