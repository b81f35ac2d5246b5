import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';
import type { JobControl } from '../ipc/handlers.ts';
import { type Attachment, attachmentKind, type AttachmentStore, MAX_ATTACHMENT_BYTES } from './attachments.ts';
import { errorCode, firstBytes, realDisk } from './disk.ts';

/** An attachment as an entry speaks of it. */
export type NamedAttachment = Attachment & { readonly name: string };

/** Enough to tell what a file is. */
const TELLING_BYTES = 16;

/** Why a file cannot be an attachment, by its size and its first bytes; null when it can. */
export async function scanRefusal(path: string, sizeBytes: number): Promise<ProblemCode | null> {
  if (sizeBytes > MAX_ATTACHMENT_BYTES) return 'file.too-large';
  try {
    return attachmentKind(await firstBytes(realDisk, path, TELLING_BYTES)) ? null : 'file.kind-not-accepted';
  } catch (error) {
    if (errorCode(error) !== '') return 'file.unreadable';
    throw error;
  }
}

/**
 * Keeps files the person chose as attachments, the same content once. `file.*` or `disk.*`, with the id of the file;
 * the first refusal ends it, and what was kept before it is found again by its content.
 */
export async function keepChosen(
  ids: readonly string[],
  files: ChosenFiles,
  attachments: AttachmentStore,
  job: JobControl,
): Promise<Result<readonly NamedAttachment[]>> {
  const kept = new Map<string, NamedAttachment>();
  for (const [index, id] of ids.entries()) {
    const path = files.pathOf(id);
    const added = path.ok ? await keep(path.value, attachments) : path;
    if (!added.ok) return fail(added.problem.code, { ...added.problem.detail, file: id });
    if (!kept.has(added.value.sha256)) kept.set(added.value.sha256, added.value);
    await job.progress('files.keeping', index + 1, ids.length);
  }
  return ok([...kept.values()]);
}

async function keep(path: string, attachments: AttachmentStore): Promise<Result<NamedAttachment>> {
  const read = await readAtMost(path);
  if (!read.ok) return read;
  const added = await attachments.add(read.value);
  return added.ok ? ok({ ...added.value, name: basename(path).slice(0, 200) }) : added;
}

async function readAtMost(path: string): Promise<Result<Buffer>> {
  try {
    const bytes = (await realDisk.sizeBytes(path)) ?? 0;
    return bytes > MAX_ATTACHMENT_BYTES ? fail('file.too-large', { bytes }) : ok(await readFile(path));
  } catch (error) {
    if (errorCode(error) !== '') return fail('file.unreadable');
    throw error;
  }
}
