import { Button, Group, Modal, Text } from '@mantine/core';
import type { Product } from '../../api/types';
import { usePageTexts } from '../../texts/texts';
import { useDeleteProductMutation } from './adminApi';
import { useAttempt } from './useAttempt';

export function DeleteDialog({ product, close }: { product: Product; close: () => void }) {
  const texts = usePageTexts('admin');
  const [deleteProduct] = useDeleteProductMutation();
  const { attempt, isBusy } = useAttempt();
  const remove = async () => {
    if (await attempt(() => deleteProduct(product.id).unwrap(), texts.removed(product.name))) {
      close();
    }
  };
  return (
    <Modal opened onClose={close} title={texts.remove(product.name)}>
      <Text mb="md">{texts.removeQuestion(product.name)}</Text>
      <Group>
        <Button color="red" loading={isBusy} onClick={() => void remove()}>
          {texts.removeYes}
        </Button>
        <Button variant="default" onClick={close}>
          {texts.cancel}
        </Button>
      </Group>
    </Modal>
  );
}
