import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The microservices' colour, and the shop's own. */
const indigo: MantineColorsTuple = [
  '#eef0ff',
  '#dcdffb',
  '#b7bcf3',
  '#9097ec',
  '#6f77e6',
  '#5a63e2',
  '#4f58e1',
  '#4049c8',
  '#3741b3',
  '#2b379e',
];
/** Greys of dark pages, a little blue. */
const dark: MantineColorsTuple = [
  '#c9cdd9',
  '#b4b9c9',
  '#8a90a5',
  '#5d6379',
  '#3d4256',
  '#313442',
  '#262936',
  '#1d1f29',
  '#171922',
  '#13141b',
];
/** The monolith's. */
const amber: MantineColorsTuple = [
  '#fff6e1',
  '#ffeccd',
  '#fdd89c',
  '#fbc367',
  '#f9b13a',
  '#f8a61d',
  '#f8a00d',
  '#dd8b00',
  '#b45f06',
  '#8a4b06',
];

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo, amber, dark },
  defaultRadius: 'md',
  fontFamily: "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  headings: { fontWeight: '680' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

export const cssVariables: CSSVariablesResolver = (colors) => ({
  variables: { '--tandem-width': '1240px', '--tandem-header': '64px' },
  light: {
    '--tandem-page': '#f7f7fa',
    '--tandem-card': '#ffffff',
    '--tandem-line': '#e3e4ec',
    '--tandem-star': '#b7791f',
    '--tandem-good': '#1f7a45',
    '--tandem-warning': '#9a5b00',
    '--tandem-bad': '#b42318',
    '--tandem-microservices': colors.colors.indigo![7],
    '--tandem-monolith': '#b45f06',
    '--mantine-color-dimmed': '#5c6172',
  },
  dark: {
    '--tandem-page': '#13141b',
    '--tandem-card': '#1d1f29',
    '--tandem-line': '#313442',
    '--tandem-star': '#f6c453',
    '--tandem-good': '#7bd9a0',
    '--tandem-warning': '#f6c453',
    '--tandem-bad': '#ff9b8f',
    '--tandem-microservices': colors.colors.indigo![3],
    '--tandem-monolith': colors.colors.amber![4],
    '--mantine-color-body': '#13141b',
    '--mantine-color-anchor': colors.colors.indigo![3],
    '--mantine-color-dimmed': '#a3a8ba',
  },
});
