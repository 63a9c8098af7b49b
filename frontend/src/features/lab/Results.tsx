import { Table, Title } from '@mantine/core';
import type { Architecture } from '../../api/types';
import { useFormats } from '../../components/useFormats';
import { usePageTexts, useTexts } from '../../texts/texts';
import { median } from './race';
import { type BarsOf, ResultsChart } from './ResultsChart';
import classes from './SideBySide.module.css';
import { architectures, type Finished } from './useRace';

type Figure = 'accepted_ms' | 'confirmed_ms';
const figures: Figure[] = ['accepted_ms', 'confirmed_ms'];

function figureOf(race: Finished, architecture: Architecture, figure: Figure): number | null {
  return median(race.field[architecture].flatMap((run) => run[figure] ?? []));
}

/** Every race so far: as a chart for the wall, and as a table for whoever wants the figures. */
export default function Results({ finished }: { finished: Finished[] }) {
  const texts = usePageTexts('lab');
  const names = useTexts().architectures;
  const { duration } = useFormats();
  const rows = finished.map((race) => ({
    number: race.number,
    customers: race.field.monolith.length,
    ...Object.fromEntries(
      architectures.flatMap((each) =>
        figures.map((figure) => [`${each} ${figure}`, figureOf(race, each, figure)]),
      ),
    ),
  })) as (Record<string, number | null> & { number: number; customers: number })[];
  const barsOf = (all: typeof rows): BarsOf[] =>
    architectures.flatMap((each) =>
      figures.map((figure) => ({
        label: `${names[each]}: ${texts[figure]}`,
        color: `--tandem-${each}`,
        isFaint: figure === 'confirmed_ms',
        values: all.map((row) => row[`${each} ${figure}`] ?? null),
      })),
    );
  return (
    <section className={classes.results}>
      <Title order={2} size="h3" mb="md">
        {texts.results}
      </Title>
      <div className={classes.chart} aria-hidden>
        <ResultsChart labels={rows.map(({ number }) => String(number))} bars={barsOf(rows)} />
      </div>
      <Table.ScrollContainer minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{texts.race}</Table.Th>
              <Table.Th>{texts.customers}</Table.Th>
              {architectures.flatMap((each) =>
                figures.map((figure) => (
                  <Table.Th key={each + figure}>
                    {names[each]}: {texts[figure]}
                  </Table.Th>
                )),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.number}>
                <Table.Td>{row.number}</Table.Td>
                <Table.Td>{row.customers}</Table.Td>
                {architectures.flatMap((each) =>
                  figures.map((figure) => {
                    const value = row[`${each} ${figure}`] ?? null;
                    return <Table.Td key={each + figure}>{value === null ? '–' : duration(value)}</Table.Td>;
                  }),
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
