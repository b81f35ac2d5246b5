import { SaveOutlined } from '@ant-design/icons';
import { useEffect } from 'react';
import { hoursApart } from '../../shared/dates.ts';
import { api } from '../app/api.ts';
import { useMay } from '../app/may.ts';
import type { ScreenSpec, Waiting } from '../app/registry.ts';
import { useSession } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Backups } from './Backups.tsx';
import { mendedText, unsavedText } from './words.ts';

export const backupScreens: readonly ScreenSpec[] = [
  {
    id: 'backups',
    title: 'backup.title',
    view: Backups,
    needs: 'backup.drill',
    menu: { icon: <SaveOutlined />, group: 'system' },
  },
];

const daysSince = (at: string): number => Math.floor(hoursApart(at, new Date()) / 24);
/** Days after which a backup on a drive is missed. */
const DRIVE_OLD_DAYS = 30;
/** Days for which a mended database is pointed out. */
const MENDED_DAYS = 14;

/** Backups that are old, for those who make them. */
export function useBackupWaiting(): readonly Waiting[] | null {
  const { value } = useCall('backup.state', {});
  const mayKeep = useMay('backup.drill');
  if (!mayKeep) return [];
  if (!value) return null;
  const place = { screen: 'backups', params: {} };
  const { last, isOld, lastOnMedium, lastMended } = value;
  const old = last ? text('backup.waiting', { days: daysSince(last.at) }) : text('backup.waitingNever');
  const isDriveOld = lastOnMedium === null || daysSince(lastOnMedium.at) > DRIVE_OLD_DAYS;
  const unsaved = unsavedText(value);
  const isMended = lastMended !== null && daysSince(lastMended.at) <= MENDED_DAYS;
  return [
    ...(isMended ? [{ key: 'backup-mended', urgency: 'due' as const, text: mendedText(lastMended), place }] : []),
    ...(unsaved === null ? [] : [{ key: 'backup-unsaved', urgency: 'overdue' as const, text: unsaved, place }]),
    ...(isOld ? [{ key: 'backup-old', urgency: 'overdue' as const, text: old, place }] : []),
    ...(isDriveOld
      ? [
          {
            key: 'backup-drive',
            urgency: 'notice' as const,
            text: text(lastOnMedium === null ? 'backup.waitingDriveNever' : 'backup.waitingDrive'),
            place,
          },
        ]
      : []),
  ];
}

/** Minutes between two looks at whether the chosen stick is there. */
const STICK_WATCH = 10;

/** Copies onto the chosen stick whenever it is there and its copy is due; after a lasting act at once. */
export function useStickBackup(): void {
  const { stick = null, notOnMedium = [] } = useCall('backup.state', {}).value ?? {};
  const hasStick = stick !== null;
  const hasUnsaved = notOnMedium.length > 0;
  const written = useSession((session) => session.written);
  useEffect(() => {
    if (!hasStick) return;
    const look = (): void =>
      void api.call('backup.makeOnStick', {}).then((made) => {
        if (made.ok && made.value) written();
      });
    look();
    const watch = setInterval(look, STICK_WATCH * 60_000);
    return () => clearInterval(watch);
  }, [hasStick, hasUnsaved, written]);
}

/** Makes the day's backup once somebody is signed in; a refusal shows on the home screen as an old backup. */
export function useDailyBackup(): void {
  const isDue = useCall('backup.state', {}).value?.isDue ?? false;
  const written = useSession((session) => session.written);
  useEffect(() => {
    if (isDue) void api.call('backup.makeDaily', {}).then(written);
  }, [isDue, written]);
}
