import type { AttachmentRef } from '../../shared/manifest.ts';

/** Stands in the line of every entry that names an attachment, and in few others. */
export const ATTACHMENT_MARK = '"sizeBytes":';

/** An attachment is named in a body, wherever it stands, by `sha256` and `sizeBytes`. */
export function* attachmentsIn(value: unknown): Generator<AttachmentRef> {
  if (typeof value !== 'object' || value === null) return;
  if (
    'sha256' in value &&
    'sizeBytes' in value &&
    typeof value.sha256 === 'string' &&
    typeof value.sizeBytes === 'number'
  )
    yield { sha256: value.sha256, sizeBytes: value.sizeBytes };
  for (const inner of Object.values(value)) yield* attachmentsIn(inner);
}

/** The same of an entry's line. */
export const attachmentsNamed = (line: string): AttachmentRef[] =>
  line.includes(ATTACHMENT_MARK) ? [...attachmentsIn(JSON.parse(line))] : [];
