import dayjs from 'dayjs';
import type { Input } from '../../shared/contract.ts';
import type { ChosenFile } from '../../shared/work.ts';

type Session = Input<'training.recordSession'>['session'];

/** A session as the form holds it until it is whole. */
export type Draft = Omit<Session, 'newScans' | 'kind' | 'hours' | 'heldOn'> & {
  readonly kind: Session['kind'] | null;
  readonly hours: number | null;
  readonly heldOn: string | null;
  readonly isOutside: boolean;
  readonly files: readonly ChosenFile[];
  readonly reason: string;
};

/** Nothing filled in but today. */
export const blank = (): Draft => ({
  course: null,
  title: '',
  kind: null,
  areas: [],
  method: 'THEORY',
  heldOn: dayjs().format('YYYY-MM-DD'),
  hours: null,
  place: null,
  instructorId: null,
  instructorName: null,
  isOutside: false,
  costYuan: null,
  remarks: null,
  attendance: [],
  scans: [],
  files: [],
  reason: '',
});
