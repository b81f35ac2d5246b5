import { appendFileSync, mkdirSync, readFileSync, rmSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One running application per profile folder; a second one leaves a word for the first. */
export function singleInstance(folder: string, onSecond: () => void): { readonly has: boolean; release(): void } {
  const path = join(folder, 'stand-in.lock');
  mkdirSync(folder, { recursive: true });
  if (isHeld(path)) {
    appendFileSync(path, '\nsecond');
    return { has: false, release: () => undefined };
  }
  writeFileSync(path, String(process.pid));
  watchFile(path, { interval: 500, persistent: false }, ({ size }) => {
    if (size > 0) onSecond();
  });
  return {
    has: true,
    release() {
      unwatchFile(path);
      rmSync(path, { force: true });
    },
  };
}

function isHeld(path: string): boolean {
  try {
    process.kill(Number.parseInt(readFileSync(path, 'utf8'), 10), 0);
    return true;
  } catch {
    return false;
  }
}
