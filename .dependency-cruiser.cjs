/** Folders of electron/ and renderer/ that every slice may use; they know no slice. */
const BASE = '(app|ui|db|ipc|journal|crypto|shell|bundle|sheet|files)';
const NETWORK = '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises|inspector)$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-unresolvable', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycles', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      from: { orphan: true, path: '^(shared|electron|renderer)/', pathNot: '[.]d[.]ts$' },
      to: {},
    },
    { name: 'no-network', from: { path: '^(shared|electron|renderer)/' }, to: { path: NETWORK } },
    {
      name: 'shared-is-pure',
      from: { path: '^shared/' },
      to: { pathNot: '^shared/|node_modules/zod/' },
    },
    { name: 'no-node-here', from: { path: '^(shared|renderer)/' }, to: { dependencyTypes: ['core'] } },
    { name: 'renderer-apart', from: { path: '^renderer/' }, to: { path: '^electron/|node_modules/electron/' } },
    {
      name: 'electron-apart',
      from: { path: '^electron/' },
      to: { path: '^renderer/|node_modules/(react|react-dom|antd|@ant-design|echarts|zustand)/' },
    },
    { name: 'product-apart-from-tests', from: { path: '^(shared|electron|renderer)/' }, to: { path: '^tests/' } },
    {
      name: 'slices-do-not-meet',
      from: { path: '^(electron|renderer)/([^/]+)/', pathNot: `^(electron|renderer)/${BASE}/` },
      to: { path: '^$1/[^/]+/', pathNot: `^$1/($2|${BASE.slice(1)}/|^renderer/locales/` },
    },
    {
      name: 'base-below-slices',
      from: { path: `^(electron|renderer)/${BASE}/` },
      to: { path: '^$1/[^/]+/', pathNot: `^$1/${BASE}/|^renderer/locales/` },
    },
    {
      name: 'electron-at-the-edge',
      from: { path: '^electron/', pathNot: '^electron/(main|preload)[.]ts$|^electron/shell/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'driver-only-in-db',
      from: { path: '^electron/', pathNot: '^electron/db/' },
      to: { path: 'node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'preload-types-only',
      from: { path: '^electron/preload[.]ts$' },
      to: { path: '^(shared|electron)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'main-without-core',
      from: { path: '^electron/main[.]ts$' },
      to: { path: '^electron/', pathNot: '^electron/shell/' },
    },
  ].map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tests/tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
