import { usePageTexts } from '../../texts/texts';
import type { Diagram } from './flight';
import classes from './Summary.module.css';
import type { Words } from './useWords';

/** The figures that the two architectures differ in. */
export function Summary({
  diagram,
  words,
  isGrowing,
}: {
  diagram: Diagram;
  words: Words;
  isGrowing: boolean;
}) {
  const texts = usePageTexts('flight');
  const { start_us, end_us, answered_us, lanes, activities } = diagram;
  const span_count = activities.reduce((sum, { spans }) => sum + spans.length, 0);
  return (
    <ul className={classes.figures}>
      {answered_us !== null && (
        <li>
          <strong>{words.took(answered_us - start_us)}</strong> {texts.answered}
        </li>
      )}
      <li>
        <strong>{words.took(end_us - start_us)}</strong> {texts.done}
      </li>
      <li>
        <strong>{lanes.length}</strong> {texts.participants}
      </li>
      <li>
        <strong>{span_count}</strong> {texts.spans}
      </li>
      <li className={classes.recording}>
        <span role="status">{isGrowing && texts.recording}</span>
      </li>
    </ul>
  );
}
