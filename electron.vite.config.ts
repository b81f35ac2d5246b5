import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const root = import.meta.dirname;
const source = (path: string): string => join(root, path);
/** Elsewhere only for a build that is put in place when it is whole. */
const out = resolve(root, process.env['LIJING_OUT_DIR'] ?? 'out');
const native = ['better-sqlite3'];

/** Programs that run under Node; each in its own folder of `out`. */
const entries = {
  'main/main': source('electron/main.ts'),
  'core/core': source('electron/core.ts'),
  'core/sheet-process': source('electron/sheet/sheet-process.ts'),
};

/** fflate declares a `require` of its own, electron-vite puts another beside it: in one file they cannot meet. */
const requireOfFflate: Plugin = {
  name: 'require-of-fflate',
  transform: (code, id) =>
    id.includes('/node_modules/fflate/')
      ? code.replace('var require = ', 'var requireHere = ').replace('_a = require(', '_a = requireHere(')
      : null,
};

export default defineConfig({
  main: {
    plugins: [requireOfFflate],
    build: {
      outDir: out,
      externalizeDeps: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
        external: native,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: join(out, 'preload'),
      externalizeDeps: false,
      // A sandboxed preload is one CommonJS file.
      rolldownOptions: {
        input: { preload: source('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [react()],
    build: {
      outDir: join(out, 'renderer'),
      emptyOutDir: true,
      minify: true,
      // The policy allows no inline content but images; fonts and pictures stay files.
      assetsInlineLimit: 0,
      rolldownOptions: { input: source('renderer/index.html') },
    },
  },
});
