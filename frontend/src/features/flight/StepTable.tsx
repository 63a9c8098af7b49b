import { Table } from '@mantine/core';
import { usePageTexts } from '../../texts/texts';
import type { Diagram, Step } from './flight';
import { MarkIcon } from './MarkIcon';
import { useSelection } from './selection';
import classes from './StepTable.module.css';
import type { Words } from './useWords';

/** The diagram for who reads or hears it row by row. */
export function StepTable({ diagram, words }: { diagram: Diagram; words: Words }) {
  const texts = usePageTexts('flight');
  return (
    <Table.ScrollContainer minWidth={640} mt="sm">
      <Table className={classes.table ?? ''} verticalSpacing={6} captionSide="top">
        <Table.Caption>{texts.diagram}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {[texts.time, texts.from, texts.to, texts.what, texts.took, texts.status].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {diagram.rows.map(({ step, pause }) =>
            step ? (
              <StepRow key={step.id} step={step} words={words} />
            ) : (
              <Table.Tr key={pause.from_us} className={classes.wait ?? ''}>
                <Table.Td>{words.offset(pause.from_us)}</Table.Td>
                <Table.Td colSpan={5}>
                  {texts.wait}, {words.pauseSays(pause)}
                </Table.Td>
              </Table.Tr>
            ),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function StepRow({ step, words }: { step: Step; words: Words }) {
  const texts = usePageTexts('flight');
  const { hold } = useSelection();
  const { activity, kind, label } = step;
  const [main] = activity.spans;
  return (
    <Table.Tr>
      <Table.Td className={classes.figure ?? ''}>{words.offset(step.at_us)}</Table.Td>
      <Table.Td>{words.laneName(step.from)}</Table.Td>
      <Table.Td>{words.laneName(step.to)}</Table.Td>
      <Table.Td>
        <button type="button" className={classes.open} onClick={() => hold(activity.id)}>
          {kind === 'response' ? `${texts.legend.response}: ${label || activity.label}` : label}
        </button>
      </Table.Td>
      <Table.Td className={classes.figure ?? ''}>
        {kind === 'response' ? '' : words.took(activity.end_us - activity.start_us)}
      </Table.Td>
      <Table.Td>
        <span className={classes.status}>
          {activity.marks.map((mark) => (
            <span key={mark} className={classes.status}>
              <MarkIcon mark={mark} /> {texts.marks[mark]}
            </span>
          ))}
          {activity.marks.length === 0 && texts.statuses[main.status]}
        </span>
      </Table.Td>
    </Table.Tr>
  );
}
