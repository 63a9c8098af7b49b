import { defineConfig } from 'vitest/config';

// One shop serves all files, and the flow and fault tests look at whole-shop figures: one file at a time.
export default defineConfig({
  test: { fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000, reporters: ['default'] },
});
