import type { DiagnosisReport } from '../../shared/diagnosis.ts';
import { text } from '../app/text.ts';
import { instantText, sizeText } from '../ui/format.ts';

/** Whether anything in the report asks for somebody's help. */
export const isSound = ({ integrity, backups }: DiagnosisReport): boolean =>
  integrity.pagesWhole &&
  integrity.searchesSee &&
  integrity.faults.length === 0 &&
  integrity.keyringCopies.every(Boolean) &&
  integrity.damagedAttachments === 0 &&
  backups.length > 0;

const wholeText = (whole: boolean): string => text(whole ? 'diagnosis.value.whole' : 'diagnosis.value.broken');

/** The report as lines of a name and a value. */
export function linesOf(report: DiagnosisReport): readonly (readonly [name: string, value: string])[] {
  const { versions, machine, disk, sizes, integrity } = report;
  return [
    [text('diagnosis.part.versions'), text('diagnosis.value.versions', versions)],
    [
      text('diagnosis.part.machine'),
      text('diagnosis.value.machine', {
        ...machine,
        memory: sizeText(machine.memoryBytes),
        free: sizeText(machine.freeMemoryBytes),
      }),
    ],
    [
      text('diagnosis.part.disk'),
      text('diagnosis.value.disk', { total: sizeText(disk.totalBytes), free: sizeText(disk.freeBytes) }),
    ],
    [text('diagnosis.part.database'), sizeText(sizes.databaseBytes)],
    [
      text('diagnosis.part.attachments'),
      text(integrity.damagedAttachments > 0 ? 'diagnosis.value.damaged' : 'diagnosis.value.attachments', {
        count: sizes.attachments,
        size: sizeText(sizes.attachmentBytes),
        damaged: integrity.damagedAttachments,
      }),
    ],
    [text('diagnosis.part.pages'), wholeText(integrity.pagesWhole)],
    [text('diagnosis.part.searches'), wholeText(integrity.searchesSee)],
    [text('diagnosis.part.chain'), chainText(report)],
    [text('diagnosis.part.keyring'), keyringText(report)],
    [text('diagnosis.part.clock'), text('diagnosis.value.times', { count: integrity.clockJumps })],
    [text('diagnosis.part.quarantined'), text('diagnosis.value.count', { count: integrity.quarantined })],
    [text('diagnosis.part.aside'), text('diagnosis.value.items', { count: sizes.keptAside })],
    [text('diagnosis.part.backups'), backupsText(report)],
    [text('diagnosis.part.log'), logText(report)],
  ];
}

const chainText = ({ integrity: { faults }, heads }: DiagnosisReport): string =>
  faults.length > 0
    ? text('diagnosis.value.faults', { count: faults.length })
    : text('diagnosis.value.chainWhole', { streams: heads.length });

const keyringText = ({ integrity: { keyringCopies } }: DiagnosisReport): string =>
  text('diagnosis.value.keyring', { good: keyringCopies.filter(Boolean).length, all: keyringCopies.length });

function backupsText({ backups }: DiagnosisReport): string {
  const [last] = backups;
  return last
    ? text('diagnosis.value.backups', { count: backups.length, at: instantText(last.at) })
    : text('diagnosis.value.backupsNone');
}

const logText = ({ log, linesLeftOut }: DiagnosisReport): string =>
  log.length + linesLeftOut === 0
    ? text('diagnosis.value.logEmpty')
    : text('diagnosis.value.log', { count: log.length, left: linesLeftOut });
