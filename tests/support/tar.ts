import { TAR_END, paddingBytes, tarHeader } from '../../electron/bundle/tar-layout.ts';

export type Member = readonly [name: string, bytes: Buffer];

/** Header, bytes and padding, as a package has them. */
export const memberOf = ([name, bytes]: Member): Buffer =>
  Buffer.concat([tarHeader(name, bytes.length), bytes, Buffer.alloc(paddingBytes(bytes.length))]);

/** The tar of these members, laid out as a package's. */
export const tarOf = (members: readonly Member[]): Buffer => Buffer.concat([...members.map(memberOf), TAR_END]);

/** Lines as they stand in `entries.ndjson`. */
export const joined = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
