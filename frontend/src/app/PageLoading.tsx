import { Skeleton, Stack } from '@mantine/core';
import { useTexts } from '../texts/texts';

export function PageLoading() {
  const { loading } = useTexts();
  return (
    <Stack aria-busy aria-label={loading} role="status">
      <Skeleton h={36} w="40%" />
      <Skeleton h={220} />
      <Skeleton h={120} />
    </Stack>
  );
}
