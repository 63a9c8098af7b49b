import { usePageTexts } from '../../texts/texts';
import type { Bar, Diagram } from './flight';
import type { Lane } from './lanes';
import classes from './Overview.module.css';
import { useSelection } from './selection';
import type { TimeAxis } from './timeAxis';
import type { Words } from './useWords';

interface Props {
  diagram: Diagram;
  axis: TimeAxis;
  at_us: number | null;
  words: Words;
}

const percent = (share: number) => `${share * 100}%`;

function placeOf({ placeOf: at }: TimeAxis, from_us: number, to_us: number) {
  return { left: percent(at(from_us)), width: percent(at(to_us) - at(from_us)) };
}

/** The word of a line stands to its right, but for the last one, which has no room there. */
function sideOf(place: number) {
  return place < 0.9
    ? { style: { left: percent(place) } }
    : { style: { right: percent(1 - place) }, 'data-last': true };
}

/** Every bar on one straight axis of time, a line for each participant. */
export function Overview({ diagram, axis, at_us, words }: Props) {
  const texts = usePageTexts('flight');
  return (
    <div className={classes.overview}>
      <div className={classes.grid} style={{ gridRow: `1 / ${diagram.lanes.length + 2}` }} aria-hidden>
        {axis.ticks.map((tick) => (
          <span key={tick} className={classes.tick} {...sideOf(axis.placeOf(tick))}>
            <span>{words.took(tick - diagram.start_us)}</span>
          </span>
        ))}
        {axis.cuts.map((cut) => (
          <span key={cut.from_us} className={classes.gap} style={placeOf(axis, cut.from_us, cut.to_us)} />
        ))}
        {at_us !== null && <span className={classes.cursor} style={{ left: percent(axis.placeOf(at_us)) }} />}
      </div>
      {diagram.lanes.map((lane, index) => (
        <div key={lane} className={classes.line} style={{ gridRow: index + 1 }}>
          <span className={classes.name}>{words.laneName(lane)}</span>
          <Track lane={lane} bars={diagram.bars} axis={axis} words={words} />
        </div>
      ))}
      {axis.cuts.map((cut) => (
        <p key={cut.from_us} className={classes.cut}>
          {words.offset(cut.from_us)}: {texts.cut(words.took(cut.to_us - cut.from_us))}
        </p>
      ))}
    </div>
  );
}

function Track({ lane, bars, axis, words }: { lane: Lane; bars: Bar[]; axis: TimeAxis; words: Words }) {
  const { id, glance, hold } = useSelection();
  return (
    <div className={classes.track} data-lane={lane}>
      {bars
        .filter((bar) => bar.lane === lane)
        .map((bar) => (
          <button
            key={bar.id}
            type="button"
            tabIndex={-1}
            className={classes.bar}
            aria-label={words.barSays(bar)}
            data-mark={bar.activity.marks[0]}
            data-selected={bar.activity.id === id || undefined}
            style={placeOf(axis, bar.start_us, bar.end_us)}
            onPointerEnter={() => glance(bar.activity.id)}
            onClick={() => hold(bar.activity.id)}
          />
        ))}
    </div>
  );
}
