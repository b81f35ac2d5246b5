import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createElectron, type StandIn } from './electron.ts';
import type { Host } from './host.ts';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24)
  throw new Error(`The application runs on Node 24, this is ${process.versions.node}: use npm's scripts.`);

/** Applications running in this process, by number; where the modules made below find theirs. */
const running = new Map<string, StandIn>();
Object.assign(globalThis, { [Symbol.for('lijing.stand-ins')]: running });

registerHooks({
  resolve(specifier, context, next) {
    const number = context.parentURL ? new URL(context.parentURL).searchParams.get('stand-in') : null;
    if (specifier !== 'electron' || number === null) return next(specifier, context);
    return { url: `stand-in:${number}`, format: 'module', shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.startsWith('stand-in:')) return next(url, context);
    const number = url.slice('stand-in:'.length);
    const names = Object.keys(running.get(number)?.electron ?? {}).join(', ');
    const source = `const { electron } = globalThis[Symbol.for('lijing.stand-ins')].get('${number}');
export const { ${names} } = electron;`;
    return { format: 'module', source, shortCircuit: true };
  },
});

/** Runs the built application's entry with the stand-in under the name `electron`. */
export async function runOnStandIn(host: Host): Promise<StandIn> {
  const number = String(running.size + 1);
  const standIn = createElectron(host);
  running.set(number, standIn);
  const entry = pathToFileURL(join(host.appDir, 'out', 'main', 'main.js'));
  entry.searchParams.set('stand-in', number);
  await import(entry.href);
  return standIn;
}
