import '../app/mantineRest.css';
import { Alert, Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTexts } from '../texts/texts';
import { sentence } from './useProblems';

/** In place of what could not be loaded: why, and a way on. */
export default function Failed({ failure, retry }: { failure: unknown; retry: () => void }) {
  const { problem } = useTexts();
  return (
    <Alert color="red" variant="light" icon={<IconPlugConnectedX />} title={problem.title} role="alert">
      <p style={{ marginTop: 0 }}>{sentence(failure, problem)}</p>
      <Button variant="default" size="compact-sm" onClick={retry}>
        {problem.retry}
      </Button>
    </Alert>
  );
}
