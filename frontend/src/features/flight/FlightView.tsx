import { Button, Title } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { usePageTexts } from '../../texts/texts';
import { Detail } from './Detail';
import type { Diagram } from './flight';
import classes from './FlightView.module.css';
import { Legend } from './Legend';
import { Overview } from './Overview';
import { ReplayBar } from './ReplayBar';
import { type Selection, SelectionContext } from './selection';
import { Sequence } from './Sequence';
import { StepTable } from './StepTable';
import { Summary } from './Summary';
import { timeAxisOf } from './timeAxis';
import { useReplay } from './useReplay';
import { useWords } from './useWords';

/** A short flight plays once by itself, so that its waits are felt; a long one waits to be asked. */
const autoplay_us_max = 6_000_000;

function mayStart(diagram: Diagram): boolean {
  const isShort = diagram.end_us - diagram.start_us <= autoplay_us_max;
  return isShort && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export function FlightView({ diagram, isGrowing }: { diagram: Diagram; isGrowing: boolean }) {
  const texts = usePageTexts('flight');
  const words = useWords(diagram.start_us);
  const axis = useMemo(() => timeAxisOf(diagram), [diagram]);
  const [startsByItself] = useState(() => !isGrowing && mayStart(diagram));
  const replay = useReplay(diagram, axis.cuts, startsByItself);
  const selection = useReading();
  const selected = diagram.activities.find(({ id }) => id === selection.id);
  return (
    <SelectionContext value={selection}>
      <div className={classes.view}>
        <Summary diagram={diagram} words={words} isGrowing={isGrowing} />
        <section className={classes.card}>
          <div className={classes.head}>
            <Title order={2} size="h4">
              {texts.overview}
            </Title>
            <p>{texts.overviewHint}</p>
          </div>
          <ReplayBar diagram={diagram} replay={replay} words={words} />
          <Overview diagram={diagram} axis={axis} at_us={replay.at_us} words={words} />
        </section>
        <section className={classes.card}>
          <div className={classes.head}>
            <Title order={2} size="h4">
              {texts.diagram}
            </Title>
            <p>{texts.diagramHint}</p>
          </div>
          <Legend />
          <Sequence diagram={diagram} replay={replay} words={words} />
        </section>
        {selected && <Detail activity={selected} words={words} />}
        <List diagram={diagram} words={words} />
      </div>
    </SelectionContext>
  );
}

function useReading(): Selection {
  const [glanced, setGlanced] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') {
        setGlanced(null);
        setHeld(null);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return useMemo(
    () => ({
      id: held ?? glanced,
      glance: setGlanced,
      hold: setHeld,
      close: () => {
        setGlanced(null);
        setHeld(null);
      },
    }),
    [glanced, held],
  );
}

function List({ diagram, words }: { diagram: Diagram; words: ReturnType<typeof useWords> }) {
  const texts = usePageTexts('flight');
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <Button
        variant="default"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        leftSection={isOpen ? <IconChevronDown size={18} /> : <IconChevronRight size={18} />}
      >
        {texts.asList}
      </Button>
      <div id={id}>{isOpen && <StepTable diagram={diagram} words={words} />}</div>
    </div>
  );
}
