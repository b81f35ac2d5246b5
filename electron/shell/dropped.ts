/** What the person dropped onto the window, until the core takes it: the last drop only, and only once. */
export function droppedFiles() {
  let waiting: readonly string[] = [];
  return {
    /** A file without a place on the disk, such as a picture dragged out of a page, has no path. */
    drop: (paths: unknown): void => {
      waiting = Array.isArray(paths) ? paths.filter((path) => typeof path === 'string' && path !== '') : [];
    },
    takeDropped: async (): Promise<readonly string[]> => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}
