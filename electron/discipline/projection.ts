import { disciplineEntries } from '../../shared/discipline-entries.ts';
import { projection } from '../journal/projection.ts';
import { concerning, mending } from './project-aftermath.ts';
import { deciding } from './project-decisions.ts';
import { looking, recording, verifying } from './project-incidents.ts';
import { disciplineSchema, disciplineTables } from './tables.ts';

/** Incidents as stations record them, and what the bureau decided on them. */
export const disciplineProjection = projection({
  name: 'discipline',
  version: 4,
  kinds: disciplineEntries,
  tables: disciplineTables,
  schema: disciplineSchema,
  prepare: (db) => ({
    ...recording(db),
    ...looking(db),
    ...verifying(db),
    ...deciding(db),
    ...mending(db),
    ...concerning(db),
  }),
});
