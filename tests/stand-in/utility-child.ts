/** What a child process starts with, to find in itself what Electron gives a utility process. */
export const asUtilityProcess: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  ...['--import', `data:text/javascript,${encodeURIComponent(`(${inChild.toString()})()`)}`],
];

/**
 * Gives a child process `process.parentPort`. Self-contained: its source is evaluated in the child, for one that had to
 * read TypeScript first would start a quarter of a second later than a utility process does.
 */
function inChild(): void {
  const lacking = (what: string): Error => new Error(`The stand-in for Electron has no ${what}.`);
  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key, receiver) {
        if (typeof key === 'symbol' || key in target || key === 'then') return Reflect.get(target, key, receiver);
        throw lacking(`${name}.${key}`);
      },
    });
  const parentPort = strict('ParentPort', {
    on(event: string, listener: (message: object) => void): void {
      if (event !== 'message') throw lacking(`ParentPort.on('${event}')`);
      process.on('message', (data) => listener(strict('MessageEvent', { data, ports: [] })));
    },
    postMessage: (message: unknown): void => void process.send?.(message),
  });
  Object.assign(process, { parentPort });
  // A utility process does not outlive its application.
  process.on('disconnect', () => process.exit(1));
}
