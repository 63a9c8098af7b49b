import { useEffect, useRef } from 'react';
import { useFormats } from '../../components/useFormats';
import classes from './SideBySide.module.css';

interface Props {
  /** When it was started, by `performance.now`; null when it does not run. */
  begin_ms: number | null;
  /** What it stopped at; null while it runs. */
  stopped_ms: number | null;
}

/** Runs at the screen's own rate, past React: sixty renders a second would slow down what it measures. */
export function StopWatch({ begin_ms, stopped_ms }: Props) {
  const { duration } = useFormats();
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const show = (value_ms: number) => {
      if (text.current) {
        text.current.textContent = duration(value_ms);
      }
    };
    if (stopped_ms !== null) {
      show(stopped_ms);
      return undefined;
    }
    if (begin_ms === null) {
      return undefined;
    }
    let frame = 0;
    const tick = () => {
      show(Math.round(performance.now() - begin_ms));
      frame = requestAnimationFrame(tick);
    };
    tick();
    return () => cancelAnimationFrame(frame);
  }, [begin_ms, stopped_ms, duration]);
  return (
    <span className={classes.watch} ref={text} data-stopped={stopped_ms !== null}>
      {duration(0)}
    </span>
  );
}
