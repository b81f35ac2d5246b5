import { EventEmitter } from 'node:events';

/** What the stand-in offers, by Electron's own names: members and events. The contract test reads it. */
export const surface = new Map<string, { readonly members: Set<string>; readonly events: Set<string> }>();

const listed = (name: string) => {
  const known = surface.get(name) ?? { members: new Set<string>(), events: new Set<string>() };
  surface.set(name, known);
  return known;
};

/** Asked for by the language itself or by whoever prints an object; never part of Electron's API. */
const harmless = new Set(['then', 'toJSON', 'constructor', 'inspect']);

/** The object as it is, except that a member it lacks throws by name instead of being silently undefined. */
export function strict<T extends object>(name: string, members: T): T {
  for (const key of Object.keys(members)) listed(name).members.add(key);
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || harmless.has(key)) return Reflect.get(target, key, receiver);
      throw notOffered(`${name}.${key}`);
    },
    set(_target, key) {
      throw notOffered(`${name}.${String(key)} =`);
    },
  });
}

/** Options Electron has but the stand-in would ignore are refused. */
export function onlyKnown(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw notOffered(`${name}({ ${unknown} })`);
}

export type Listener = (...args: never[]) => void;

/** `on` and `once` for the events named here; any other event throws, for it would never come. */
export function events(name: string, known: readonly string[]) {
  const bus = new EventEmitter<Record<string, unknown[]>>();
  for (const event of known) listed(name).events.add(event);
  const checked = (event: string): string => {
    if (!known.includes(event)) throw notOffered(`${name}.on('${event}')`);
    return event;
  };
  return {
    members: {
      on: (event: string, listener: Listener): void =>
        void bus.on(checked(event), listener as (...args: unknown[]) => void),
      once: (event: string, listener: Listener): void =>
        void bus.once(checked(event), listener as (...args: unknown[]) => void),
    },
    emit: (event: string, ...args: readonly unknown[]): boolean => bus.emit(checked(event), ...args),
  };
}

/** An event a listener can refuse; `params` is Electron's name for what the event carries besides. */
export function refusable(params = 'Event', details: object = {}) {
  let isRefused = false;
  const event = strict(params, { ...details, preventDefault: () => void (isRefused = true) });
  return { event, isRefused: () => isRefused };
}

export const notOffered = (what: string): Error => new Error(`The stand-in for Electron has no ${what}.`);
