import reactHooks from 'eslint-plugin-react-hooks';
import tsdoc from 'eslint-plugin-tsdoc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { functionLength } from './tests/architecture/function-length.js';

const atTheEdge = ['electron/main.ts', 'electron/preload.ts', 'electron/shell/*.ts'];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Exports have names.',
};
const sql = [
  'CallExpression[callee.property.name=/^(prepare|exec)$/] > TemplateLiteral',
  'TemplateLiteral:has(> TemplateElement[value.raw=/^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP)\\s/])',
];
const noPastedSql = {
  selector: `:matches(${sql.join(', ')}) > :not(TemplateElement, Identifier[name=/Columns$/])`,
  message: 'In SQL only a …Columns constant may stand in ${}; values are parameters.',
};

const noElectron = {
  name: 'electron',
  message: 'Only electron/main.ts, electron/preload.ts and electron/shell/ touch Electron.',
};
const noDriver = {
  name: 'better-sqlite3',
  allowTypeImports: true,
  message: 'Databases are opened in electron/db.',
};
const noImportOf = (...paths) => ({ '@typescript-eslint/no-restricted-imports': ['error', { paths }] });
const noNetwork = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'RTCPeerConnection'].map((name) => ({
  name,
  message: 'Nothing here ever opens a connection.',
}));

export default defineConfig(
  { ignores: ['node_modules', 'out', 'dist', '.cache', 'test-results', 'playwright-report'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { tsdoc, house: { rules: { 'function-length': functionLength } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'tsdoc/syntax': 'error',
      'house/function-length': ['error', 60],
      'max-lines': ['error', 400],
      eqeqeq: 'error',
      'no-restricted-globals': ['error', ...noNetwork],
      'no-restricted-syntax': ['error', noDefaultExport, noPastedSql],
      ...noImportOf(noElectron, noDriver),
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Code points are what we count and draw from.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // What an `async` function throws is a rejection, also when it has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  // Markup is long where it is plain.
  { files: ['**/*.tsx'], rules: { 'house/function-length': ['error', 100] } },
  { files: ['renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  { files: atTheEdge, rules: noImportOf(noDriver) },
  { files: ['electron/db/**/*.ts'], rules: noImportOf(noElectron) },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // The stand-in is Electron to the shell, and tests look into tables; matchers of vitest are `any`.
      ...noImportOf(),
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', noDefaultExport],
      'house/function-length': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  // Tools read their settings from a default export.
  { files: ['*.config.ts', 'tests/e2e/support/build.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
