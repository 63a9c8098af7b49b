import { Button, Skeleton, Text, Title } from '@mantine/core';
import type { DeadLetter } from '../../api/types';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { usePageTexts } from '../../texts/texts';
import classes from './Admin.module.css';
import { useDeadLettersQuery, useReplayDeadLettersMutation } from './adminApi';
import { useAttempt } from './useAttempt';

/** Events by the queue whose consumer has given them up. */
export function byQueue(letters: DeadLetter[]): [string, DeadLetter[]][] {
  const queues = new Map<string, DeadLetter[]>();
  for (const letter of letters) {
    queues.set(letter.queue, [...(queues.get(letter.queue) ?? []), letter]);
  }
  return [...queues];
}

export default function DeadLetters() {
  const texts = usePageTexts('admin');
  const { data, error, refetch } = useDeadLettersQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <>
      <div className={classes.head}>
        <Text c="dimmed">{texts.deadLettersHint}</Text>
        <Button variant="default" onClick={() => void refetch()}>
          {texts.look}
        </Button>
      </div>
      {error && !data && <Failed failure={error} retry={refetch} />}
      {!error && !data && <Skeleton h={200} />}
      {data?.length === 0 && <Empty title={texts.noDeadLetters} hint={texts.noDeadLettersHint} />}
      {data && byQueue(data).map(([queue, letters]) => <Queue key={queue} name={queue} letters={letters} />)}
    </>
  );
}

function Queue({ name, letters }: { name: string; letters: DeadLetter[] }) {
  const texts = usePageTexts('admin');
  const [replay] = useReplayDeadLettersMutation();
  const { attempt, isBusy } = useAttempt();
  return (
    <section className={classes.card}>
      <div className={classes.head}>
        <Title order={2} size="h4">
          {name}
        </Title>
        <Button
          loading={isBusy}
          aria-label={texts.replayOf(name)}
          onClick={() => void attempt(() => replay(name).unwrap(), texts.replayed(name))}
        >
          {texts.replay}
        </Button>
      </div>
      <ul className={classes.letters}>
        {letters.map((letter) => (
          <li key={letter.event_id}>
            <strong>{letter.event_type}</strong> <span className={classes.when}>{letter.event_id}</span>
            <div>{letter.error || texts.noReason}</div>
            <details>
              <summary>{texts.attempts(letter.attempt)}</summary>
              <pre>{letter.body}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
