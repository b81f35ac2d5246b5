import { scrypt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PASSWORD_COST } from '../../electron/crypto/keyring.ts';
import type { CallName } from '../../shared/contract.ts';
import { type CoreProcess, startCore } from '../support/core-process.ts';
import { PASSWORD } from '../support/site.ts';
import { fill } from './history.ts';
import { absolute, type Figure, quantile, timed } from './measure.ts';
import { valueOf, withClosed } from './sites.ts';
import { sizes } from './sizes.ts';

const RUNS = 5;

/** What the home screen of a station's chief asks for. */
const HOME: readonly CallName[] = [
  'site.status',
  'roster.counts',
  'handoff.state',
  'training.waiting',
  'mentorship.waiting',
  'discipline.waiting',
];

/**
 * From the password to everything the home screen shows, beyond the key derivation that no thief may be spared: after
 * the application's end, and after a power cut, when every page is read first.
 */
export async function unlocking(): Promise<Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'lijing-unlock-'));
  try {
    const founding = await startCore(dir);
    const first = { accountName: '值班所长', loginName: 'suozhang', password: PASSWORD };
    await valueOf(founding.call('site.foundStation', { name: '城关派出所', organCode: '999999010100', ...first }));
    await founding.kill();
    const entries = Math.min(20_000, sizes.entries);
    await withClosed({ dir, loginName: 'suozhang' }, ({ journal }) => fill(journal, entries));

    const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
    const cost = { N: PASSWORD_COST, r: 8, p: 1, maxmem: 2 ** 28 };
    const beyondKey = async (end: 'close' | 'kill'): Promise<number> => {
      const times: number[] = [];
      // The first run leaves the site as the others find it, and is not counted.
      for (let run = 0; run <= RUNS; run += 1) {
        const core = await startCore(dir);
        const key = await timed(() => derive(PASSWORD, Buffer.alloc(16), 32, cost));
        times.push((await timed(() => toHome(core))) - key);
        await core[end]();
      }
      return quantile(times.slice(1), 0.5);
    };
    const what = `unlock a station of ${String(entries)} entries to its home, beyond key derivation`;
    return [
      absolute(what, await beyondKey('close'), 300, 'ms'),
      absolute('the same after a power cut', await beyondKey('kill'), 300, 'ms'),
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function toHome(core: CoreProcess): Promise<void> {
  await core.signIn('suozhang');
  const answers = await Promise.all(HOME.map((name) => core.call(name, {})));
  const refused = answers.findIndex(({ ok }) => !ok);
  if (refused >= 0) throw new Error(`${HOME[refused] ?? ''}: ${JSON.stringify(answers[refused])}`);
}
