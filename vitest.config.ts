import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    // Real SQLite files and real key derivation, on slow machines too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
