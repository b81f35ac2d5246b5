import { events, strict } from './strict.ts';

/** Gives a child process what Electron gives a utility process: `process.parentPort`. */
const bus = events('ParentPort', ['message']);
let isListening = false;

const listen = (): void => {
  if (isListening) return;
  isListening = true;
  process.on('message', (data) => bus.emit('message', strict('MessageEvent', { data, ports: [] })));
};

const parentPort = strict('ParentPort', {
  on(event: string, listener: (message: never) => void): void {
    bus.members.on(event, listener);
    listen();
  },
  postMessage: (message: unknown): void => void process.send?.(message),
});

Object.assign(process, { parentPort });

// A utility process does not outlive its application.
process.on('disconnect', () => process.exit(1));
