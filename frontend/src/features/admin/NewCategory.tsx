import { Button, TextInput, Title } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { usePageTexts } from '../../texts/texts';
import classes from './Admin.module.css';
import { useCreateCategoryMutation } from './adminApi';
import { useAttempt } from './useAttempt';

export function NewCategory() {
  const texts = usePageTexts('admin');
  const [name, setName] = useState('');
  const [createCategory] = useCreateCategoryMutation();
  const { attempt, isBusy } = useAttempt();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (await attempt(() => createCategory(name).unwrap(), texts.saved(name))) {
      setName('');
    }
  };
  return (
    <section className={classes.card}>
      <Title order={2} size="h4" mb="sm">
        {texts.newCategory}
      </Title>
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          label={texts.name}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          {texts.add}
        </Button>
      </form>
    </section>
  );
}
