import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { edgeWorld } from './edge-world.ts';
import { recipientEdges, signatureEdges } from './strict-edges.ts';
import { STRICT_FOLDER } from './vectors.ts';

/** Made the frozen packages about how signatures and recipients are spelled, once, under keys of their own. */
if (existsSync(join(STRICT_FOLDER, 'vectors.json'))) throw new Error('the vectors are frozen');

const world = await edgeWorld(STRICT_FOLDER);
await signatureEdges(world);
await recipientEdges(world);
await world.finish();
