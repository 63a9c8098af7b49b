import { Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Architecture } from '../../api/types';
import { architectureChosen } from '../../app/architecture';
import { config } from '../../app/config';
import { useAppDispatch } from '../../app/hooks';
import { useFormats } from '../../components/useFormats';
import { usePageTexts, useTexts } from '../../texts/texts';
import { median, type Run } from './race';
import classes from './SideBySide.module.css';
import { StopWatch } from './StopWatch';
import { areOver } from './useRace';

interface Props {
  architecture: Architecture;
  runs: Run[];
  /** When the click was, by `performance.now`; null when nothing runs. */
  begin_ms: number | null;
}

/** One shop's side: how long its customers have been waiting, and for what. */
export function Panel({ architecture, runs, begin_ms }: Props) {
  const texts = usePageTexts('lab');
  const { architectures } = useTexts();
  const accepted = runs.flatMap(({ accepted_ms }) => accepted_ms ?? []);
  const isAnswered =
    runs.length > 0 && runs.every((run) => run.accepted_ms !== null || run.state === 'failed');
  return (
    <section
      className={classes.panel}
      data-architecture={architecture}
      aria-label={architectures[architecture]}
    >
      <Title order={2} size="h3">
        {architectures[architecture]}
      </Title>
      <Text c="dimmed" size="sm">
        {texts.about[architecture]}
      </Text>
      <p className={classes.watchLabel}>{texts.customerWaits}</p>
      <StopWatch begin_ms={begin_ms} stopped_ms={isAnswered ? Math.max(0, ...accepted) : null} />
      <p role="status" className={classes.state}>
        <State runs={runs} />
      </p>
      <ol className={classes.runs}>
        {runs.map((run, index) => (
          <Lane key={index} run={run} architecture={architecture} scale_ms={scaleOf(runs)} />
        ))}
      </ol>
    </section>
  );
}

function scaleOf(runs: Run[]): number {
  return Math.max(1, ...runs.map((run) => run.confirmed_ms ?? run.accepted_ms ?? 0));
}

function State({ runs }: { runs: Run[] }) {
  const texts = usePageTexts('lab');
  const { duration } = useFormats();
  const confirmed = median(runs.flatMap(({ confirmed_ms }) => confirmed_ms ?? []));
  if (runs.length === 0) {
    return texts.ready;
  }
  if (areOver(runs)) {
    return confirmed === null ? texts.failed : texts.confirmed(duration(confirmed));
  }
  return runs.every(({ state }) => state !== 'sent') ? texts.background : texts.waiting;
}

/** A purchase as a bar: dark while its customer waits, light while the shop goes on alone. */
function Lane({ run, architecture, scale_ms }: { run: Run; architecture: Architecture; scale_ms: number }) {
  const texts = usePageTexts('lab');
  const { events } = usePageTexts('order');
  const { duration } = useFormats();
  const flight = usePageTexts('flight');
  const dispatch = useAppDispatch();
  const choose = () => dispatch(architectureChosen(architecture));
  const share = (value_ms: number | null) => `${Math.min(100, ((value_ms ?? 0) / scale_ms) * 100)}%`;
  return (
    <li className={classes.run}>
      <div className={classes.bar} aria-hidden>
        <span className={classes.waits} style={{ width: share(run.accepted_ms) }} />
        <span
          className={classes.works}
          style={{ width: share((run.confirmed_ms ?? 0) - (run.accepted_ms ?? 0)) }}
        />
      </div>
      {run.problem !== null && <Text c="var(--tandem-bad)">{run.problem}</Text>}
      <ol className={classes.steps}>
        {run.steps.map((step, index) => (
          <li key={index}>
            <span>{events[step.type]}</span>
            <span className={classes.at}>+ {duration(step.at_ms)}</span>
          </li>
        ))}
      </ol>
      {run.order_id !== null && (
        <p className={classes.links}>
          <Link to={`/orders/${run.order_id}`} onClick={choose}>
            {texts.toOrder(run.order_id)}
          </Link>
          {config.flightRecorder && (
            <Link to={`/orders/${run.order_id}/flight`} onClick={choose}>
              {flight.open}
            </Link>
          )}
        </p>
      )}
    </li>
  );
}
