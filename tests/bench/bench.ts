import { cpus, totalmem } from 'node:os';
import { appending } from './appending.ts';
import { exporting } from './exporting.ts';
import { flatMemory } from './flat-memory.ts';
import { founding } from './founding.ts';
import { importing } from './importing.ts';
import { type Figure, report } from './measure.ts';
import { opening } from './opening.ts';
import { replaying } from './replaying.ts';
import { searching } from './searching.ts';
import { unlocking } from './unlocking.ts';

/** `npm run bench -- --quick`, `--entries 1000000` for the full size, `--only=searching,unlocking` for some of it. */
const only = process.argv
  .find((word) => word.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const measures = [appending, replaying, importing, founding, exporting, searching, unlocking, opening, flatMemory];

const [cpu] = cpus();
console.log(
  `${cpu?.model ?? ''}, ${String(cpus().length)} cores, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.version}`,
);
const figures: Figure[] = [];
for (const measure of measures) {
  if (only && !only.includes(measure.name)) continue;
  console.log(`measuring: ${measure.name}`);
  figures.push(...[await measure()].flat());
}
report(figures);
