import type { Input } from '../../shared/contract.ts';
import { mentoredAbilities } from '../../shared/mentorship-tables.ts';
import type { TestSite } from './site.ts';
import { somePeople } from './training.ts';

type SignOff = Input<'mentorship.signOff'>;

/** A month's sign-off with middling ratings. */
export const aSignOff = (pair: string, over: Partial<SignOff> = {}): SignOff => ({
  pair,
  stage: 'ONBOARD',
  from: '2026-09-01',
  to: '2026-09-30',
  tasks: ['跟随接处警'],
  ratings: mentoredAbilities.entries.map(({ key }) => ({ ability: key, rating: 3, reason: null })),
  comment: '学习主动，文书还需练习',
  ...over,
});

/** A pair of a mentor (`shifu`) and an apprentice (`tudi`) with accounts; the chief (`suozhang`) is signed in. */
export async function aPair(site: TestSite) {
  const [mentor = '', apprentice = '', other = ''] = await somePeople(site, 3);
  await site.account('shifu', ['mentor'], mentor);
  await site.account('tudi', ['officer'], apprentice);
  const { id } = await site.call('mentorship.formPair', {
    mentor,
    apprentice,
    startsOn: '2026-09-01',
    endsOn: '2027-08-31',
    agreement: null,
  });
  return { pair: id, mentor, apprentice, other };
}
