import type { AttachmentStore } from '../../electron/files/attachments.ts';
import type { Journal } from '../../electron/journal/journal.ts';
import { aPhoto } from '../support/photos.ts';
import { aSessionOf } from './history.ts';
import { aPerson } from './people.ts';
import { orThrow } from '../../shared/problem.ts';

/** A photo as telephones take them. */
export const PHOTO_BYTES = 2_000_000;
const PER_SESSION = 5;

/** So many megabytes of photos, five to a session. */
export async function addPhotos(journal: Journal, attachments: AttachmentStore, megabytes: number): Promise<void> {
  const nobody = { id: 'system', key: null };
  const people = Array.from({ length: 10 }, (_, n) => aPerson(n));
  for (const person of people) journal.append('roster.person-recorded', person, nobody);
  const ids = people.map(({ person }) => person.id);
  for (let n = 0; n < (megabytes * 1e6) / PHOTO_BYTES / PER_SESSION; n += 1) {
    const scans = [];
    for (let photo = 0; photo < PER_SESSION; photo += 1) {
      const kept = orThrow(await attachments.add(aPhoto(PHOTO_BYTES)));
      scans.push({ ...kept, name: `签到表${String(photo)}.jpg` });
    }
    journal.append('training.session-recorded', aSessionOf(ids, n, scans), nobody);
  }
}
