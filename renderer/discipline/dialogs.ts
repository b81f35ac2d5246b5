import type { ComponentType } from 'react';
import type { IncidentStep } from '../../shared/discipline-rules.ts';
import type { DialogProps } from './ActDialog.tsx';
import { Decide, Refer } from './DecisionDialogs.tsx';
import { AddRectification, Close, RecordFollowUp, Reopen } from './EndingDialogs.tsx';
import { AddEvidence, ChangePeople, EditFacts } from './FactsDialogs.tsx';
import { ExtendVerification, FinishVerification, StartVerification } from './VerifyDialogs.tsx';

/** Steps on the incident as a whole; those on one rectification stand beside it. */
export type WholeStep = Exclude<IncidentStep, 'finish-rectification' | 'clear-rectification'>;

/** The window each step is taken in. */
export const stepDialogs: Readonly<Record<WholeStep, ComponentType<DialogProps>>> = {
  'edit-facts': EditFacts,
  'change-people': ChangePeople,
  'add-evidence': AddEvidence,
  'start-verification': StartVerification,
  'extend-verification': ExtendVerification,
  'finish-verification': FinishVerification,
  refer: Refer,
  decide: Decide,
  'add-rectification': AddRectification,
  'record-follow-up': RecordFollowUp,
  close: Close,
  reopen: Reopen,
};
