import { usePageTexts } from '../../texts/texts';
import classes from './Legend.module.css';
import type { Mark } from './marks';
import { MarkIcon } from './MarkIcon';

const lines = ['request', 'response', 'event'] as const;
const marks: Mark[] = ['error', 'retry', 'compensation'];

/** What the lines and signs of the diagram mean. */
export function Legend() {
  const texts = usePageTexts('flight');
  return (
    <ul className={classes.legend}>
      {lines.map((line) => (
        <li key={line}>
          <svg width={36} height={10} aria-hidden data-kind={line} className={classes.line}>
            <line x1={0} x2={34} y1={5} y2={5} />
          </svg>
          {texts.legend[line]}
        </li>
      ))}
      <li>
        <span className={classes.work} aria-hidden />
        {texts.legend.work}
      </li>
      {marks.map((mark) => (
        <li key={mark}>
          <MarkIcon mark={mark} />
          {texts.marks[mark]}
        </li>
      ))}
    </ul>
  );
}
