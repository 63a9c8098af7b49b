import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { Product } from '../../api/types';
import { usePageTexts } from '../../texts/texts';
import { useChangeStockMutation } from './adminApi';
import { useAttempt } from './useAttempt';

/** A change, not a new value: what was sold meanwhile stays sold. */
export function StockDialog({ product, close }: { product: Product; close: () => void }) {
  const texts = usePageTexts('admin');
  const [change, setChange] = useState('');
  const [changeStock] = useChangeStockMutation();
  const { attempt, isBusy } = useAttempt();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const work = () => changeStock({ id: product.id, change: Number(change) }).unwrap();
    if (await attempt(work, texts.saved(product.name))) {
      close();
    }
  };
  return (
    <Modal opened onClose={close} title={texts.changeStock(product.name)}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput
            label={texts.stockChange}
            required
            inputMode="numeric"
            pattern="[+\-]?[0-9]{1,7}"
            value={change}
            onChange={(event) => setChange(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" loading={isBusy}>
            {texts.apply}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
