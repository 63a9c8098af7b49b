import { Alert, Button } from '@mantine/core';
import { useTexts } from '../texts/texts';
import './mantineRest.css';

export default function Crash() {
  const { problem } = useTexts();
  return (
    <Alert color="red" variant="light" title={problem.crash} role="alert">
      <p>{problem.crashHint}</p>
      <Button variant="default" onClick={() => window.location.reload()}>
        {problem.reload}
      </Button>
    </Alert>
  );
}
