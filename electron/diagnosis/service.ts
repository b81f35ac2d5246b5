import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DiagnosisReport } from '../../shared/diagnosis.ts';
import { fail, ok } from '../../shared/problem.ts';
import { sealed } from '../crypto/age.ts';
import { secretsOf } from '../db/secrets.ts';
import { readPieces, realDisk } from '../files/disk.ts';
import { safeWrite } from '../files/safe-write.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { examine, type Installation } from './examine.ts';
import { readReport } from './read-report.ts';

/** Looks at the installation for whoever helps from afar, and opens what others sent. */
export function diagnosisService(services: Services, place: Installation): HandlersOf<'diagnosis'> {
  const { db, files, site } = services;
  const bureauOf = db.prepare<[string], { recipient: string | null }>(
    'SELECT b.recipient FROM site s JOIN site b ON b.code = s.bureau WHERE s.code = ?',
  );

  return {
    'diagnosis.examine': async (_input, { job }) => ok(await examine(services, place, job)),

    'diagnosis.save': async ({ drive: driveId }, { job }) => {
      const recipient = bureauOf.get(site.code)?.recipient;
      if (!recipient) return fail('diagnosis.unpaired');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const report = await examine(services, place, job);
      const plain = Buffer.from(JSON.stringify(DiagnosisReport.parse(report)));
      const fileName = `${site.code}-${report.at.slice(0, 10)}.lijingzd`;
      const written = await safeWrite({
        path: join(drive.path, fileName),
        bytes: sealed(Readable.from([plain]), { recipients: [recipient] }),
        // The header of a sealed file, and a tag for each of its pieces.
        atMostBytes: plain.length + 64 * 1024,
        drive,
        signal: job.signal,
      });
      return written.ok ? ok({ fileName }) : written;
    },

    'diagnosis.open': async ({ file }) => {
      const path = files.pathOf(file);
      if (!path.ok) return path;
      return ok(await readReport(readPieces(realDisk, path.value), secretsOf(db).identities()));
    },
  };
}
