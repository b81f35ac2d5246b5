import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mutations } from '../support/mutations.ts';
import { packageWorld } from '../support/package-world.ts';
import { applicationSays, verifierSays } from '../support/readers.ts';
import { spoiler } from '../support/spoiler.ts';
import { type Trial, unless } from './trial.ts';

/** Refusals that the spoilt packages must meet, so that they reach every check of the format and not only the seal. */
export const REACHED: readonly string[] = [
  'accepted',
  'bundle.damaged',
  'bundle.not-for-us',
  'bundle.manifest-invalid',
  'bundle.signature-invalid',
  'bundle.contents-differ',
  'journal.chain-broken',
];

/** Packages spoilt at every layer: the application and the stand-alone verifier say the same of each. */
export const agreement: Trial = {
  name: 'agreement',
  begin: async () => {
    const world = await packageWorld();
    const { original, spoilt } = await spoiler(world);
    const bothSay = async (file: Buffer): Promise<readonly [application: string, verifier: string]> => {
      world.files.set(world.path, file);
      return [await applicationSays(world), await verifierSays(world)];
    };
    assert.deepEqual(await bothSay(original), ['accepted', 'accepted']);
    return {
      attempt: async (number) => {
        const [mutation] = fc.sample(mutations, { seed: number, numRuns: 1 });
        if (!mutation) throw new Error('no mutation');
        const [application, verifier] = await bothSay(await spoilt(mutation));
        // A broken gzip may show in what comes out of it before its checksum is reached.
        const agree =
          mutation.layer === 'gzip'
            ? (application === 'accepted') === (verifier === 'accepted')
            : application === verifier;
        const where = JSON.stringify(mutation);
        unless(agree, 'silent', `${where}: ${application} here, ${verifier} at the verifier`);
        unless(world.files.size === 1, 'silent', `${where}: something is left in the temporary place`);
        return { faults: 1, told: [application] };
      },
      end: async () => {},
    };
  },
};
