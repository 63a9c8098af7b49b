import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Alert, Button, NativeSelect, SegmentedControl, Text, Title } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { config } from '../../app/config';
import Failed from '../../components/Failed';
import { usePageTexts, useTexts } from '../../texts/texts';
import { Panel } from './Panel';
import classes from './SideBySide.module.css';
import { usePairs } from './usePairs';
import { architectures, useRace } from './useRace';

const Results = lazy(() => import('./Results'));
/** A browser keeps at most six connections to one host, so more than that would wait in the browser. */
const crowds = [1, 3, 5];

/** One click buys the same thing in both shops at once, and shows where the time goes. */
export default function SideBySidePage() {
  const texts = usePageTexts('lab');
  const { problem } = useTexts();
  const { pairs, error, retry } = usePairs();
  const { field, finished, begin_ms, isRunning, isRefused, start } = useRace();
  const [chosen, setChosen] = useState<string | null>(null);
  const [crowd, setCrowd] = useState(1);
  const pair = pairs?.find(({ name }) => name === chosen) ?? pairs?.[0];

  if (architectures.some((architecture) => config.doors[architecture] === null)) {
    return <Alert title={problem.title}>{texts.needsBoth}</Alert>;
  }
  return (
    <>
      <PageTitle of={texts.title} />
      <Title order={1} className={classes.title ?? ''}>
        {texts.title}
      </Title>
      <Text className={classes.lead ?? ''}>{texts.lead}</Text>
      {error && <Failed failure={error} retry={retry} />}
      <div className={classes.controls}>
        <NativeSelect
          label={texts.product}
          value={pair?.name ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={(pairs ?? []).map(({ name }) => name)}
          disabled={isRunning || !pairs}
        />
        <div>
          <Text size="sm" fw={500} mb={2} id="crowd">
            {texts.customers}
          </Text>
          <SegmentedControl
            aria-labelledby="crowd"
            value={String(crowd)}
            onChange={(value) => setCrowd(Number(value))}
            data={crowds.map(String)}
            disabled={isRunning}
          />
        </div>
        <Button
          size="lg"
          className={classes.start ?? ''}
          leftSection={<IconPlayerPlayFilled size={18} />}
          disabled={isRunning || !pair}
          onClick={() => pair && void start(pair.products, crowd)}
        >
          {isRunning ? texts.running : texts.start}
        </Button>
      </div>
      {isRefused && (
        <Alert color="red" role="alert">
          {texts.notSignedIn}
        </Alert>
      )}
      <div className={classes.panels}>
        {architectures.map((architecture) => (
          <Panel
            key={architecture}
            architecture={architecture}
            runs={field[architecture]}
            begin_ms={begin_ms}
          />
        ))}
      </div>
      {finished.length > 0 && (
        <Suspense>
          <Results finished={finished} />
        </Suspense>
      )}
    </>
  );
}
