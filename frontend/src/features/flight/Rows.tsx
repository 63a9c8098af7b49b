import { VisuallyHidden } from '@mantine/core';
import { IconClockPause, IconDatabase } from '@tabler/icons-react';
import { type CSSProperties, memo, useState } from 'react';
import type { Step } from './flight';
import { type Geometry, gutter_px, keepWithin } from './geometry';
import type { Layout, Placed } from './layout';
import { MarkIcon } from './MarkIcon';
import type { Pause } from './pauses';
import classes from './Rows.module.css';
import { useSelection } from './selection';
import type { Words } from './useWords';
import { walk } from './walk';

interface Props {
  layout: Layout;
  geometry: Geometry;
  at_us: number | null;
  words: Words;
}

/** What is said in each row. One of them is reached by Tab, the others by the arrow keys. */
export function Rows({ layout, geometry, at_us, words }: Props) {
  const { id, glance, hold } = useSelection();
  const [current, setCurrent] = useState<string | null>(null);
  const first = layout.rows.find(({ row }) => row.step)?.row.step?.id;
  return layout.rows.map((placed) =>
    placed.row.pause ? (
      <Wait
        key={placed.top_px}
        placed={placed}
        pause={placed.row.pause}
        geometry={geometry}
        says={words.pauseSays(placed.row.pause)}
      />
    ) : (
      <One
        key={placed.row.step.id}
        step={placed.row.step}
        top_px={placed.top_px}
        height_px={placed.height_px}
        geometry={geometry}
        words={words}
        isAhead={at_us !== null && placed.row.step.at_us > at_us}
        isSelected={placed.row.step.activity.id === id}
        isTabStop={placed.row.step.id === (current ?? first)}
        onFocus={setCurrent}
        glance={glance}
        hold={hold}
      />
    ),
  );
}

const One = memo(function One(props: {
  step: Step;
  top_px: number;
  height_px: number;
  geometry: Geometry;
  words: Words;
  isAhead: boolean;
  isSelected: boolean;
  isTabStop: boolean;
  onFocus: (id: string) => void;
  glance: (id: string) => void;
  hold: (id: string) => void;
}) {
  const { step, geometry, words, glance, hold } = props;
  const { activity } = step;
  const left_px = placeLabel(step, geometry);
  return (
    <button
      type="button"
      className={classes.row}
      aria-current={props.isSelected}
      tabIndex={props.isTabStop ? 0 : -1}
      data-row={activity.id}
      data-ahead={props.isAhead || undefined}
      style={{ top: props.top_px, height: props.height_px }}
      onPointerEnter={() => glance(activity.id)}
      onFocus={(event) => {
        const label = event.currentTarget.querySelector(`.${classes.label}`);
        label?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        props.onFocus(step.id);
        hold(activity.id);
      }}
      onClick={() => hold(activity.id)}
      onKeyDown={walk}
    >
      <span className={classes.time} style={{ width: gutter_px - 12 }}>
        {words.offset(step.at_us)}
      </span>
      <VisuallyHidden> {words.whoSays(step)} </VisuallyHidden>
      <span
        className={classes.label}
        data-kind={step.kind}
        data-mark={activity.marks[0]}
        style={{ left: gutter_px + left_px }}
      >
        {activity.marks.map((mark) => (
          <MarkIcon key={mark} mark={mark} />
        ))}
        {step.label}
        {step.kind === 'work' && (
          <>
            {activity.spans[0].attributes['db.system.name'] !== undefined && (
              <IconDatabase size={14} aria-hidden />
            )}
            <small>{words.took(activity.end_us - activity.start_us)}</small>
          </>
        )}
      </span>
      <VisuallyHidden>{words.marked(activity.marks)}</VisuallyHidden>
    </button>
  );
});

/** About as wide as a letter, on average. */
const letter_px = 7.6;
const bold_letter_px = 8.6;
const icon_px = 22;

/** Above the middle of its arrow; beside its bar for work. */
function placeLabel(step: Step, geometry: Geometry): number {
  const { from_px, to_px } = geometry.spanOf(step);
  const icons_px = 8 + step.activity.marks.length * icon_px;
  const text_px = step.label.length * letter_px + icons_px;
  return step.kind === 'work'
    ? keepWithin(geometry.width_px, from_px + 6, text_px + 4 * icon_px, 0)
    : keepWithin(geometry.width_px, (from_px + to_px) / 2, text_px, 0.5);
}

function Wait({
  placed,
  pause,
  geometry,
  says,
}: {
  placed: Placed;
  pause: Pause;
  geometry: Geometry;
  says: string;
}) {
  const text_px = says.length * bold_letter_px + 3 * icon_px;
  const center_px = pause.lane === null ? geometry.width_px / 2 : geometry.xOf(pause.lane);
  const at_px = gutter_px + keepWithin(geometry.width_px, center_px, text_px, 0.5);
  const place = { '--at': `${at_px}px`, top: placed.top_px + 10, height: placed.height_px - 12 };
  return (
    <p className={classes.wait} style={place as CSSProperties}>
      <span>
        <IconClockPause size={18} aria-hidden />
        {says}
      </span>
    </p>
  );
}
