import { isUtf8 } from 'node:buffer';
import { DiagnosisReport } from '../../shared/diagnosis.ts';
import { ProblemError } from '../../shared/problem.ts';
import { jsonOf } from '../bundle/members.ts';
import { unsealed } from '../crypto/age.ts';

/** A report of one installation is a few hundred kilobytes; what is larger is none. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A report sealed to one of the identities; throws as `unsealed` does, and `diagnosis.unreadable` for what is none. */
export async function readReport(
  file: AsyncIterable<Uint8Array>,
  identities: readonly string[],
): Promise<DiagnosisReport> {
  const plain: Uint8Array[] = [];
  let size = 0;
  for await (const piece of unsealed(file, { identities })) {
    size += piece.length;
    if (size > MOST_BYTES) throw new ProblemError('diagnosis.unreadable');
    plain.push(piece);
  }
  const bytes = Buffer.concat(plain);
  const report = DiagnosisReport.safeParse(isUtf8(bytes) ? jsonOf(bytes.toString('utf8')) : null);
  if (!report.success) throw new ProblemError('diagnosis.unreadable');
  return report.data;
}
