import assert from 'node:assert/strict';
import fc from 'fast-check';
import { change, steps } from '../support/mutations.ts';
import { applicationTakes, verifierTakes } from '../support/other-readers.ts';
import { OTHER_LAYERS, otherSpoiler, SPOILABLE, UNSPOILT } from '../support/other-spoiler.ts';
import { type Trial, unless } from './trial.ts';

/** Refusals that the spoilt files must meet, so that they reach each layer and not only the outermost. */
export const REACHED_BESIDE: readonly string[] = [
  'accepted',
  'site.help-request-invalid',
  'site.help-answer-damaged',
  'diagnosis.unreadable',
  'bundle.damaged',
];

const mutations = fc.record({ layer: fc.constantFrom(...OTHER_LAYERS), change, step: steps });

/** Help requests, help answers and diagnoses, spoilt anyhow: application and stand-alone verifier say the same of each. */
export const agreementBeside: Trial = {
  name: 'agreement-beside',
  begin: async () => {
    const kinds = await Promise.all(
      SPOILABLE.map(async (kind) => {
        const { keys, spoilt } = await otherSpoiler(kind);
        const bothTake = async (file: Buffer) => [
          await applicationTakes(kind, file, keys),
          await verifierTakes(kind, file, keys),
        ];
        const [whole] = await bothTake(await spoilt(UNSPOILT));
        assert.equal(whole?.code, null, kind);
        return { kind, spoilt, bothTake };
      }),
    );
    return {
      attempt: async (number) => {
        const own = kinds[number % kinds.length];
        const [mutation] = fc.sample(mutations, { seed: number, numRuns: 1 });
        if (!own || !mutation) throw new Error('no mutation');
        const [application, verifier] = await own.bothTake(await own.spoilt(mutation));
        const agree = application?.code === verifier?.code && application?.holds === verifier?.holds;
        const said = `${JSON.stringify(application)} here, ${JSON.stringify(verifier)} at the verifier`;
        unless(agree, 'silent', `${own.kind} ${JSON.stringify(mutation)}: ${said}`);
        return { faults: 1, told: [application?.code ?? 'accepted'] };
      },
      end: () => Promise.resolve(),
    };
  },
};
