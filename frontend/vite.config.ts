import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// nginx fills this comment in index.html (server-side include); here we do, with what ./tandem dev frontend says.
const developmentConfig: Plugin = {
  name: 'development-config',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html.replace('<!--# include virtual="/settings.json" -->', process.env.TANDEM_SETTINGS ?? '{}'),
};

export default defineConfig({
  plugins: [react(), developmentConfig],
  server: { host: '127.0.0.1', port: Number(process.env.STOREFRONT_DEV_PORT ?? 3001), strictPort: true },
  build: {
    outDir: '../build/storefront',
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      output: {
        // What every page needs, in one piece: it compresses better, and stays cached when the shop itself changes.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|react-router|react-redux|redux|immer|reselect|@reduxjs|@standard-schema|use-sync-external-store)\//,
            },
          ],
        },
      },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
