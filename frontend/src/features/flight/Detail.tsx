import { CloseButton } from '@mantine/core';
import { useFormats } from '../../components/useFormats';
import { usePageTexts } from '../../texts/texts';
import type { Activity } from './activities';
import classes from './Detail.module.css';
import { MarkIcon } from './MarkIcon';
import { useSelection } from './selection';
import type { Span } from './spans';
import type { Words } from './useWords';
import { focusRow } from './walk';

/** All that was recorded of one activity, at the foot of the window while the diagram stays in sight. */
export function Detail({ activity, words }: { activity: Activity; words: Words }) {
  const texts = usePageTexts('flight');
  const { close } = useSelection();
  const [main, ...others] = activity.spans;
  const leave = () => {
    focusRow(activity.id);
    close();
  };
  return (
    <section className={classes.detail} aria-label={texts.details} data-lane={main.service}>
      <div className={classes.head}>
        <h3>
          {main.service} <span>{main.name}</span>
        </h3>
        {activity.marks.map((mark) => (
          <span key={mark} className={classes.mark}>
            <MarkIcon mark={mark} /> {texts.marks[mark]}
          </span>
        ))}
        <CloseButton ml="auto" aria-label={texts.close} onClick={leave} />
      </div>
      <Recorded span={main} words={words} />
      {others.length > 0 && <h4>{texts.alsoRecorded}</h4>}
      {others.map((span) => (
        <div key={span.span_id} className={classes.other}>
          <h5>
            {span.service} <span>{span.name}</span>
          </h5>
          <Recorded span={span} words={words} />
        </div>
      ))}
    </section>
  );
}

function Recorded({ span, words }: { span: Span; words: Words }) {
  const texts = usePageTexts('flight');
  const { clock } = useFormats();
  const began = new Date(span.start_us / 1000).toISOString();
  const status = texts.statuses[span.status];
  const facts: [string, string][] = [
    [texts.began, `${words.offset(span.start_us)} (${clock(began)})`],
    [texts.took, words.took(span.duration_us)],
    [texts.status, span.status_message ? `${status}: ${span.status_message}` : status],
    [texts.kind, texts.kinds[span.kind]],
  ];
  const attributes = Object.entries(span.attributes).map(([key, value]) => [key, String(value)] as const);
  return (
    <div className={classes.recorded}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {attributes.length > 0 && (
        <table className={classes.attributes}>
          <thead>
            <tr>
              <th scope="col">{texts.attribute}</th>
              <th scope="col">{texts.value}</th>
            </tr>
          </thead>
          <tbody>
            {attributes.map(([key, value]) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
