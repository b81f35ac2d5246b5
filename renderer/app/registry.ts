import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { CallName } from '../../shared/contract.ts';
import type { SiteKind } from '../../shared/call.ts';
import type { Problem } from '../../shared/problem.ts';
import type { SiteStatus } from '../../shared/site.ts';
import type { Place } from './navigation.ts';
import type { TextKey } from './text.ts';

type Me = NonNullable<SiteStatus['session']>;

/** One screen of a slice. */
export type ScreenSpec = {
  readonly id: string;
  readonly title: TextKey;
  readonly view: ComponentType;
  /** Its place in the navigation on the left; without one it is reached from other screens. */
  readonly menu?: { readonly icon: ReactNode; readonly group: MenuGroup };
  /** Shown to those who may make this call; to everyone signed in when left out. */
  readonly needs?: CallName;
  readonly at?: SiteKind;
  /** Narrows further to whom it is shown. */
  readonly forWhom?: (me: Me) => boolean;
  /** The screen of the navigation that stays marked while this one is open. */
  readonly under?: string;
};

export const menuGroups = ['today', 'team', 'handoff', 'system'] as const;
export type MenuGroup = (typeof menuGroups)[number];

/** Something that waits for the signed-in person (待办). */
export type Waiting = {
  readonly key: string;
  readonly urgency: 'overdue' | 'due' | 'notice';
  readonly text: string;
  readonly place: Place;
};

/** Asked on the home screen; null while not known. Is a hook. */
export type UseWaiting = () => readonly Waiting[] | null;

/** A slice's part of a person's file (一人一档). */
export type PersonPart = {
  readonly id: string;
  readonly title: TextKey;
  readonly needs: CallName;
  /** Narrows further to whom it is shown. */
  readonly forWhom?: (me: Me, personId: string) => boolean;
  readonly view: ComponentType<{ readonly personId: string }>;
  /** The same on paper. */
  readonly sheet: ComponentType<{ readonly personId: string }>;
};

/** What was typed at the door when it did not open. */
export type Typed = { readonly loginName: string; readonly password: string };

type Back = { readonly onBack: () => void };
type Founding = Back & { readonly onFounded: (recoveryKey: string) => void };

/** What the door leads to beside the sign-in; it comes with the screens, so that the door stands the sooner. */
export type Ways = {
  readonly found: ComponentType<Founding & { readonly kind: SiteKind }>;
  readonly kit: ComponentType<Founding & { readonly setAside?: boolean }>;
  readonly recover: ComponentType<Back>;
  readonly help: ComponentType<Back>;
  /** Sets a new computer up from a backup. */
  readonly adopt: ComponentType<Back & { readonly onDone: () => void }>;
  /** The way back, where a refusal at the door means that something is damaged; nothing otherwise. */
  readonly rescue: ComponentType<{
    readonly problem: Problem;
    readonly typed: Typed;
    readonly onDone: (told: string) => void;
    /** Nobody signs in meanwhile. */
    readonly onBusy: (busy: boolean) => void;
  }>;
};

/** What the slices contribute behind it; put together in screens.tsx. */
export type Registry = {
  /** Head, navigation and the screen that is open. */
  readonly frame: ComponentType;
  readonly ways: Ways;
  /** Lets another person sign in over the work of the one who is there. */
  readonly switchUser: ComponentType<{ readonly onClose: () => void }>;
  /** The user manual; also at the door, once it has come. */
  readonly manual: ComponentType;
  /** What goes on by itself while somebody is signed in. Each is a hook. */
  readonly background: readonly (() => void)[];
  readonly screens: readonly ScreenSpec[];
  readonly waiting: readonly UseWaiting[];
  /** Cards beside the waiting list of the home screen; each shows nothing to those it is not for. */
  readonly homeCards: readonly ComponentType[];
  readonly personParts: readonly PersonPart[];
};

/** Null until it has come: it is fetched once the door stands. */
export const RegistryContext = createContext<Registry | null>(null);

/** Only for what stands behind the sign-in. */
export function useRegistry(): Registry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error('not behind the sign-in');
  return registry;
}
