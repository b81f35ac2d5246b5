import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answerEdges, answerKeyEdges, answerLineEdges, requestEdges, slotEdges } from './help-edges.ts';
import { diagnosisEdges, escrowKeyEdges } from './other-edges.ts';
import { helpShelf, helpWorld } from './help-world.ts';
import { HELP_FOLDER } from './vectors.ts';

/** Made the frozen files beside the packages, once, under keys of their own. */
if (existsSync(join(HELP_FOLDER, 'vectors.json'))) throw new Error('the vectors are frozen');

const world = await helpWorld();
const { putting, finish } = await helpShelf(HELP_FOLDER, world);
await requestEdges(world, putting('help-request', 'lijingqz'));
await slotEdges(world, putting('help-request', 'lijingqz'));
await answerEdges(world, putting('help-answer', 'lijingdf'));
await answerLineEdges(world, putting('help-answer', 'lijingdf'));
await answerKeyEdges(world, putting('help-answer', 'lijingdf'));
await escrowKeyEdges(world, putting('escrow-key', 'txt'));
await diagnosisEdges(world, putting('diagnosis', 'lijingzd'));
await finish();
