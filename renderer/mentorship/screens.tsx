import { ForkOutlined } from '@ant-design/icons';
import type { PersonPart, ScreenSpec } from '../app/registry.ts';
import { ImportMentorship } from './ImportMentorship.tsx';
import { PairDetail } from './PairDetail.tsx';
import { Pairs } from './Pairs.tsx';
import { MentorshipSheet, PersonMentorship } from './PersonMentorship.tsx';
import { SignOffForm } from './SignOffForm.tsx';
import { UnseenSignOffs } from './UnseenSignOffs.tsx';

export const mentorshipScreens: readonly ScreenSpec[] = [
  {
    id: 'pairs',
    title: 'mentorship.pairs.title',
    view: Pairs,
    needs: 'mentorship.listPairs',
    menu: { icon: <ForkOutlined />, group: 'today' },
  },
  { id: 'pair', title: 'mentorship.pair.title', view: PairDetail, needs: 'mentorship.getPair', under: 'pairs' },
  {
    id: 'sign-off-form',
    title: 'mentorship.signOff.title',
    view: SignOffForm,
    needs: 'mentorship.signOff',
    under: 'pairs',
  },
  {
    id: 'unseen-sign-offs',
    title: 'mentorship.unseen.title',
    view: UnseenSignOffs,
    needs: 'mentorship.listUnseen',
    under: 'pairs',
  },
  {
    id: 'import-mentorship',
    title: 'mentorship.import.title',
    view: ImportMentorship,
    needs: 'mentorship.commitImport',
    under: 'pairs',
  },
];

export const mentorshipPersonPart: PersonPart = {
  id: 'mentorship',
  title: 'mentorship.person.title',
  needs: 'mentorship.pairsOf',
  view: PersonMentorship,
  sheet: MentorshipSheet,
};
