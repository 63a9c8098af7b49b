import { memo } from 'react';
import classes from './Arrows.module.css';
import type { Diagram, Step } from './flight';
import { type Geometry, gutter_px } from './geometry';
import type { Layout } from './layout';

interface Props {
  diagram: Diagram;
  layout: Layout;
  geometry: Geometry;
  at_us: number | null;
}

/** The lines of the diagram. They say nothing that the rows above them do not say in words. */
export function Arrows({ diagram, layout, geometry, at_us }: Props) {
  return (
    <svg
      className={classes.lines}
      width={geometry.width_px}
      height={layout.height_px}
      style={{ left: gutter_px }}
      aria-hidden
    >
      {diagram.lanes.map((lane) => (
        <line
          key={lane}
          className={classes.life}
          data-lane={lane}
          x1={geometry.xOf(lane)}
          x2={geometry.xOf(lane)}
          y1={0}
          y2={layout.height_px}
        />
      ))}
      {layout.rows.map(
        ({ row: { step } }) =>
          step &&
          step.kind !== 'work' && (
            <Arrow
              key={step.id}
              step={step}
              y={layout.lineOf(step.id)}
              geometry={geometry}
              isAhead={at_us !== null && step.at_us > at_us}
            />
          ),
      )}
    </svg>
  );
}

const Arrow = memo(function Arrow({
  step,
  y,
  geometry,
  isAhead,
}: {
  step: Step;
  y: number;
  geometry: Geometry;
  isAhead: boolean;
}) {
  const { from_px, to_px } = geometry.spanOf(step);
  const back = from_px < to_px ? -9 : 9;
  const isOpen = step.kind === 'response';
  return (
    <g
      className={classes.arrow}
      data-kind={step.kind}
      data-mark={step.activity.marks[0]}
      data-ahead={isAhead || undefined}
    >
      <line x1={from_px} x2={to_px + (isOpen ? 0 : back / 2)} y1={y} y2={y} />
      <path
        d={`M${to_px + back},${y - 5} L${to_px},${y} L${to_px + back},${y + 5}${isOpen ? '' : ' Z'}`}
        data-open={isOpen || undefined}
      />
      {step.from === null && <circle cx={from_px} cy={y} r={4} />}
      {step.to === null && <circle cx={to_px} cy={y} r={4} />}
    </g>
  );
});
