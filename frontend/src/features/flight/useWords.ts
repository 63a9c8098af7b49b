import { useMemo } from 'react';
import { useFormats } from '../../components/useFormats';
import { useLanguage, usePageTexts } from '../../texts/texts';
import type { Bar, Step } from './flight';
import { customer, type Lane } from './lanes';
import type { Mark } from './marks';
import type { Pause } from './pauses';

/** A flight in the words of the chosen language. */
export function useWords(start_us: number) {
  const texts = usePageTexts('flight');
  const { language } = useLanguage();
  const { duration } = useFormats();
  return useMemo(() => {
    const ms = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const s = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
    const laneName = (lane: Lane | null) => (lane === null ? texts.somebody : (texts.lanes[lane] ?? lane));
    const took = (value_us: number) => duration(value_us / 1000);
    const offset = (at_us: number) => {
      const after_ms = (at_us - start_us) / 1000;
      return after_ms < 10_000 ? `+${ms.format(after_ms)} ms` : `+${s.format(after_ms / 1000)} s`;
    };
    const marked = (marks: Mark[]) => marks.map((mark) => `, ${texts.marks[mark]}`).join('');
    return {
      laneName,
      took,
      offset,
      /** After something that is marked. */
      marked,
      /** Who says something to whom, before what it is. */
      whoSays: ({ kind, from, to }: Step) => texts.says[kind](laneName(from), laneName(to)),
      barSays: ({ lane, activity, start_us: from_us, end_us }: Bar) =>
        lane === customer
          ? texts.waits(laneName(customer), took(end_us - from_us))
          : `${laneName(lane)}: ${activity.label}, ${took(end_us - from_us)}${marked(activity.marks)}`,
      pauseSays: ({ from_us, to_us, reason, lane }: Pause) =>
        `${took(to_us - from_us)}: ${texts.reasons[reason](laneName(lane))}`,
    };
  }, [texts, language, duration, start_us]);
}

export type Words = ReturnType<typeof useWords>;
