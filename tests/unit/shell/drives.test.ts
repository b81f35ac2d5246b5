import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { letteredDrives, mountsBelowMedia, removableDrives } from '../../../electron/shell/drives.ts';

describe('removable drives on Linux', () => {
  it('are the mounts below /media and /run/media, with their label and file system', () => {
    const table = [
      '/dev/sda1 / ext4 rw,relatime 0 0',
      'tmpfs /run tmpfs rw,nosuid 0 0',
      '/dev/sdb1 /media/zhang/上报盘1 vfat rw,nosuid,nodev 0 0',
      '/dev/sdc1 /run/media/zhang/KINGSTON\\04016G exfat ro,nosuid 0 0',
      '/dev/sdd1 /mediated/x ext4 rw 0 0',
      '',
    ].join('\n');
    expect(mountsBelowMedia(table)).toEqual([
      { path: '/media/zhang/上报盘1', label: '上报盘1', fileSystem: 'vfat', readOnly: false },
      { path: '/run/media/zhang/KINGSTON 16G', label: 'KINGSTON 16G', fileSystem: 'exfat', readOnly: true },
    ]);
  });
});

describe('removable drives on Windows', () => {
  it('are all letters from D on but those that hold the system and our data', () => {
    const labels = letteredDrives(['C:', 'd:\\']).map(({ label }) => label);
    expect(labels).not.toContain('D:');
    expect(labels.slice(0, 2)).toEqual(['E:', 'F:']);
    expect(letteredDrives(['C:', 'd:\\'])[0]?.path).toBe('E:\\');
  });
});

describe('folders in place of drives', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lijing-drives-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are offered with the space of their file system; one that is not there is left out', async () => {
    const stick = join(folder, '1号盘');
    await mkdir(stick);
    const [drive, ...others] = await removableDrives([stick, join(folder, 'gone')].join(delimiter), folder);
    expect(others).toEqual([]);
    expect(drive).toMatchObject({ path: stick, label: '1号盘', readOnly: false });
    expect(drive?.totalBytes).toBeGreaterThanOrEqual(drive?.freeBytes ?? 0);
    expect(drive?.freeBytes).toBeGreaterThan(0);
  });

  it('none are offered when the list is empty', async () => {
    expect(await removableDrives('', folder)).toEqual([]);
  });
});
