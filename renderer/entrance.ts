import type { Entrance } from './app/registry.ts';
import { Adopt } from './backup/Adopt.tsx';
import { Rescue } from './backup/Rescue.tsx';
import { Door } from './site/Door.tsx';

/** What the first paint waits for. */
export const entrance: Entrance = { door: Door, rescue: Rescue, adopt: Adopt };
