import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    // Half of a test's time is waiting for the disk: two at a time take a third less.
    maxWorkers: '100%',
    // Real SQLite files and real key derivation, on slow machines too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
