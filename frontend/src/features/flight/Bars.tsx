import { memo } from 'react';
import classes from './Bars.module.css';
import type { Bar, Diagram } from './flight';
import { bar_px, type Geometry, gutter_px } from './geometry';
import type { Layout } from './layout';
import { useSelection } from './selection';
import type { Words } from './useWords';
import { walk } from './walk';

interface Props {
  diagram: Diagram;
  layout: Layout;
  geometry: Geometry;
  at_us: number | null;
  words: Words;
}

/** Who is at work from when to when. From its row, a bar is reached by the right arrow key. */
export function Bars({ diagram, layout, geometry, at_us, words }: Props) {
  const { id, glance, hold } = useSelection();
  return diagram.bars.map((bar) => (
    <One
      key={bar.id}
      bar={bar}
      name={words.barSays(bar)}
      left_px={gutter_px + geometry.leftOf(bar)}
      {...layout.extentOf(bar)}
      stage={stageOf(bar, at_us)}
      isSelected={bar.activity.id === id}
      glance={glance}
      hold={hold}
    />
  ));
}

type Stage = 'ahead' | 'now' | 'past';

function stageOf(bar: Bar, at_us: number | null): Stage {
  if (at_us === null || bar.end_us < at_us) {
    return 'past';
  }
  return bar.start_us > at_us ? 'ahead' : 'now';
}

const One = memo(function One(props: {
  bar: Bar;
  name: string;
  left_px: number;
  top_px: number;
  height_px: number;
  stage: Stage;
  isSelected: boolean;
  glance: (id: string) => void;
  hold: (id: string) => void;
}) {
  const { bar, name, left_px, top_px, height_px, stage, isSelected, glance, hold } = props;
  const { id, marks } = bar.activity;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.bar}
      aria-label={name}
      data-lane={bar.lane}
      data-bar={id}
      data-stage={stage}
      data-mark={marks[0]}
      data-selected={isSelected || undefined}
      style={{ left: left_px, top: top_px, width: bar_px, height: height_px }}
      onPointerEnter={() => glance(id)}
      onFocus={() => hold(id)}
      onClick={() => hold(id)}
      onKeyDown={walk}
    />
  );
});
