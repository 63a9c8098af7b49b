import '../app/mantineRest.css';
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** In place of a list that has nothing in it. */
export default function Empty({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py={64} ta="center">
      <Title order={2} size="h4">
        {title}
      </Title>
      {hint && <Text c="dimmed">{hint}</Text>}
      {children}
    </Stack>
  );
}
