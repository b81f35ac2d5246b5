import { create } from 'zustand';

/** A screen by its id, with what it is about. */
export type Place = { readonly screen: string; readonly params: Readonly<Record<string, string>> };

/** Where a person is, and where he came from. */
type Path = { readonly place: Place; readonly before: readonly Place[] };

type Navigation = Path & {
  readonly account: string | null;
  /** Where those who have been at this keyboard left off. */
  readonly left: Readonly<Record<string, Path>>;
  readonly go: (screen: string, params?: Place['params']) => void;
  readonly back: () => void;
  readonly reset: () => void;
  /** Somebody is at the keyboard now, or nobody: each finds the place he left, and never another's. */
  readonly sit: (account: string | null) => void;
};

const home: Place = { screen: 'home', params: {} };
const start: Path = { place: home, before: [] };

/** Where the person is, and where he came from. */
export const useNavigation = create<Navigation>((set) => ({
  ...start,
  account: null,
  left: {},
  go: (screen, params = {}) =>
    set(({ place, before }) => ({ place: { screen, params }, before: [...before.slice(-20), place] })),
  back: () => set(({ before }) => ({ place: before.at(-1) ?? home, before: before.slice(0, -1) })),
  reset: () => set(start),
  sit: (account) =>
    set(({ account: former, left, place, before }) => {
      if (account === former) return {};
      const known = former === null ? left : { ...left, [former]: { place, before } };
      return { ...(known[account ?? ''] ?? start), account, left: known };
    }),
}));

export const useGo = (): Navigation['go'] => useNavigation((navigation) => navigation.go);
export const useParams = (): Place['params'] => useNavigation((navigation) => navigation.place.params);
