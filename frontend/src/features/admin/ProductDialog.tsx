import { Button, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import type { Product, ProductChange } from '../../api/types';
import { usePageTexts } from '../../texts/texts';
import { useCategoriesQuery } from '../products/productsApi';
import { useChangeProductMutation, useCreateProductMutation } from './adminApi';
import { useAttempt } from './useAttempt';

/** What a form says of a product. Stock is said once, of a new one; later it is changed, not set. */
export function changeOf(form: FormData, isNew: boolean): ProductChange {
  const said = (name: string) => String(form.get(name) ?? '').trim();
  return {
    name: said('name'),
    description: said('description'),
    price: said('price'),
    category_id: said('category_id') === '' ? null : Number(said('category_id')),
    image_url: said('image_url') || null,
    ...(isNew ? { initial_inventory: Number(said('stock')) } : {}),
  };
}

export function ProductDialog({ product, close }: { product: Product | null; close: () => void }) {
  const texts = usePageTexts('admin');
  const { data: categories = [] } = useCategoriesQuery();
  const [create] = useCreateProductMutation();
  const [change] = useChangeProductMutation();
  const { attempt, isBusy } = useAttempt();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = changeOf(new FormData(event.currentTarget), product === null);
    const work = () => (product ? change({ id: product.id, change: said }) : create(said)).unwrap();
    if (await attempt(work, texts.saved(said.name ?? ''))) {
      close();
    }
  };
  return (
    <Modal opened onClose={close} title={product ? texts.edit(product.name) : texts.newProduct} size="lg">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput name="name" label={texts.name} required maxLength={200} defaultValue={product?.name} />
          <Textarea
            name="description"
            label={texts.description}
            maxLength={5000}
            autosize
            minRows={2}
            defaultValue={product?.description}
          />
          <TextInput
            name="price"
            label={texts.price}
            description={texts.priceHint}
            required
            inputMode="decimal"
            pattern="[0-9]+\.[0-9]{2}"
            defaultValue={product?.price}
          />
          {!product && (
            <TextInput
              name="stock"
              label={texts.firstStock}
              required
              inputMode="numeric"
              pattern="[0-9]{1,7}"
              defaultValue="0"
            />
          )}
          <NativeSelect
            name="category_id"
            label={texts.category}
            defaultValue={product?.category_id ?? ''}
            data={[
              { value: '', label: texts.noCategory },
              ...categories.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <TextInput
            name="image_url"
            label={texts.image}
            description={texts.imageHint}
            maxLength={2000}
            defaultValue={product?.image_url ?? ''}
          />
          <Button type="submit" loading={isBusy}>
            {texts.save}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
