import { useComputedColorScheme } from '@mantine/core';
import { BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js';
import { Bar } from 'react-chartjs-2';
import { useFormats } from '../../components/useFormats';

Chart.register(BarElement, CategoryScale, LinearScale, Legend, Tooltip);

/** One figure of every race, in milliseconds; null where there is none. */
export interface BarsOf {
  label: string;
  /** The name of a CSS variable. */
  color: string;
  isFaint: boolean;
  values: (number | null)[];
}

/** A canvas knows no CSS variables: their values as they are now. */
function valueOf(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

export function ResultsChart({ labels, bars }: { labels: string[]; bars: BarsOf[] }) {
  const { duration } = useFormats();
  const scheme = useComputedColorScheme('light'); // drawn anew when the colours change
  const text = valueOf('--mantine-color-dimmed');
  const line = valueOf('--tandem-line');
  return (
    <Bar
      key={scheme}
      data={{
        labels,
        datasets: bars.map(({ label, color, isFaint, values }) => ({
          label,
          data: values,
          backgroundColor: valueOf(color) + (isFaint ? '66' : ''),
          borderRadius: 4,
          maxBarThickness: 56,
        })),
      }}
      options={{
        maintainAspectRatio: false,
        plugins: {
          legend: { position: 'bottom', labels: { color: text } },
          tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${duration(Number(item.raw))}` } },
        },
        scales: {
          x: { ticks: { color: text }, grid: { display: false } },
          y: { ticks: { color: text, callback: (value) => duration(Number(value)) }, grid: { color: line } },
        },
      }}
    />
  );
}
