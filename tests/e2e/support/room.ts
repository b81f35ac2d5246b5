/**
 * Makes a folder seem to have so many free bytes to whoever asks Node for them, so that a stick of any size can stand
 * before the application. It needs nothing from around it: real Electron evaluates it in its main process.
 */
export function setRoom(_electron: unknown, [folder, freeBytes]: readonly [string, number]): void {
  const fs = process.getBuiltinModule('fs/promises');
  const shared = globalThis as unknown as { roomOf?: Map<string, number> };
  if (!shared.roomOf) {
    const rooms = new Map<string, number>();
    const statfs = fs.statfs.bind(fs);
    shared.roomOf = rooms;
    Object.assign(fs, {
      statfs: async (path: string) => {
        const found = await statfs(path);
        const room = rooms.get(path);
        return room === undefined ? found : Object.assign(found, { bavail: Math.floor(room / found.bsize) });
      },
    });
    process.getBuiltinModule('module').syncBuiltinESMExports();
  }
  shared.roomOf.set(folder, freeBytes);
}
