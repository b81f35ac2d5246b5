import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { edgeWorld } from './edge-world.ts';
import { pairingEdges, revokedEdges, successionEdges } from './key-edges.ts';
import { KEYS_FOLDER } from './vectors.ts';

/** Made the frozen packages about keys, once, under keys of their own. */
if (existsSync(join(KEYS_FOLDER, 'vectors.json'))) throw new Error('the vectors are frozen');

const world = await edgeWorld(KEYS_FOLDER);
await successionEdges(world);
await pairingEdges(world);
await revokedEdges(world);
await world.finish();
