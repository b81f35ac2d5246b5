import { join } from 'node:path';
import { buildWhenStale } from '../../stand-in/build.ts';

/** Before the first test: what is tested is what the sources say. */
export default function build(): void {
  buildWhenStale(join(import.meta.dirname, '..', '..', '..'));
}
