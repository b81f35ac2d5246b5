import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { edgeWorld } from './edge-world.ts';
import { contentEdges } from './edges-inside.ts';
import { containerEdges } from './edges-outside.ts';
import { historyEdges } from './edges-together.ts';
import { EDGES_FOLDER } from './vectors.ts';

/** Made the frozen packages at the edges of the format, once, under keys of their own. */
if (existsSync(join(EDGES_FOLDER, 'vectors.json'))) throw new Error('the vectors are frozen');

const world = await edgeWorld(EDGES_FOLDER);
await containerEdges(world);
await contentEdges(world);
await historyEdges(world);
await world.finish();
