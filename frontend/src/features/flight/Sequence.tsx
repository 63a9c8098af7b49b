import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { usePageTexts } from '../../texts/texts';
import { Arrows } from './Arrows';
import { Bars } from './Bars';
import type { Diagram } from './flight';
import { gutter_px, measure } from './geometry';
import { layOut } from './layout';
import { Rows } from './Rows';
import classes from './Sequence.module.css';
import type { Replay } from './useReplay';
import type { Words } from './useWords';

/** The sequence diagram: a column for each participant, a row for each message, long waits cut and labelled. */
export function Sequence({ diagram, replay, words }: { diagram: Diagram; replay: Replay; words: Words }) {
  const texts = usePageTexts('flight');
  const { ref, width } = useElementSize();
  const layout = useMemo(() => layOut(diagram), [diagram]);
  const geometry = useMemo(() => measure(diagram, layout, width), [diagram, layout, width]);
  const { at_us } = replay;
  const doesFit = gutter_px + geometry.width_px <= width;
  const columns = { gridTemplateColumns: `repeat(${diagram.lanes.length}, ${geometry.lane_px}px)` };
  return (
    <div
      ref={ref}
      className={classes.scroll}
      role="region"
      aria-label={texts.diagram}
      tabIndex={-1}
      data-fits={doesFit || undefined}
    >
      <div className={classes.canvas} style={{ width: gutter_px + geometry.width_px }}>
        <div className={classes.heads} style={{ ...columns, paddingLeft: gutter_px }}>
          {diagram.lanes.map((lane) => (
            <span key={lane} className={classes.name} data-lane={lane}>
              {words.laneName(lane)}
            </span>
          ))}
        </div>
        <div className={classes.body} style={{ height: layout.height_px }}>
          <Arrows diagram={diagram} layout={layout} geometry={geometry} at_us={at_us} />
          <Rows layout={layout} geometry={geometry} at_us={at_us} words={words} />
          <Bars diagram={diagram} layout={layout} geometry={geometry} at_us={at_us} words={words} />
          {at_us !== null && <Cursor y={layout.yOf(at_us)} isFollowed={replay.isFollowed} />}
        </div>
      </div>
    </div>
  );
}

/** Where the replay is. */
function Cursor({ y, isFollowed }: { y: number; isFollowed: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isFollowed) {
      ref.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    }
  });
  return <div ref={ref} className={classes.cursor} style={{ top: y }} />;
}
