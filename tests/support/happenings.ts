import fc from 'fast-check';

/** What can happen to a county: `n` picks among what there is at that moment. */
export type Happening =
  | { readonly kind: StationHappening; readonly station: number; readonly n: number }
  | { readonly kind: 'import'; readonly bureau: number; readonly picks: readonly number[] }
  | { readonly kind: CountyHappening; readonly n: number }
  | { readonly kind: 'clock'; readonly station: number; readonly years: number };
export type StationHappening =
  | 'record'
  | 'edit'
  | 'export'
  | 'return'
  | 'take-return'
  | 'back-up'
  | 'restore'
  | 'change-keys'
  | 'revoke'
  | 'refound';
export type CountyHappening =
  'announce' | 'lose' | 'back-up-bureau' | 'restore-bureau' | 'change-bureau-keys' | 'export-lost';

export const STATIONS = [
  ['999999010100', '城关派出所'],
  ['999999010200', '桃花镇派出所'],
  ['999999010300', '龙沟派出所'],
  ['999999010400', '石桥派出所'],
  ['999999010500', '青云山检查站'],
] as const;

/** The first more often than the others, so that much happens to one. */
const station = fc.oneof(fc.constant(0), fc.nat(STATIONS.length - 1));
const n = fc.nat(999);
const at = (kind: StationHappening, weight: number) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), station, n }),
});
const inCounty = (weight: number, ...kinds: readonly CountyHappening[]) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constantFrom(...kinds), n }),
});

/**
 * Sticks are lost, what they held is exported again, bundles come in any order and twice at once; returns come late or
 * never; stations and the bureau go back to old backups and go on from there; both change their keys; computers are lost
 * and put out of use, whoever has them goes on with them, and their stations go on with others; clocks are ten years off.
 */
export const histories: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    at('record', 5),
    at('edit', 3),
    at('export', 6),
    at('return', 3),
    at('take-return', 3),
    at('back-up', 2),
    at('restore', 1),
    at('change-keys', 2),
    at('revoke', 1),
    at('refound', 1),
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('import'),
        bureau: fc.nat(1),
        picks: fc.array(n, { minLength: 1, maxLength: 4 }),
      }),
    },
    inCounty(2, 'announce', 'lose'),
    inCounty(2, 'back-up-bureau', 'back-up-bureau', 'restore-bureau'),
    inCounty(2, 'change-bureau-keys', 'export-lost'),
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock'), station, years: fc.constantFrom(-10, 0, 10) }) },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
);
