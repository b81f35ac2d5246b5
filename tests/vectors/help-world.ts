import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Recipient } from 'age-encryption';
import { keyringName } from '../../electron/crypto/keyring.ts';
import { newSpokenKey } from '../../electron/crypto/spoken-key.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { STATION } from '../support/package-world.ts';
import type { OtherVector, OtherVectors } from './vectors.ts';

export type To = readonly (string | Recipient)[] | { readonly code: string };

/** An age file of these bytes; to a code with little work. */
export async function sealedTo(to: To, plain: Uint8Array): Promise<Buffer> {
  const encrypter = new Encrypter();
  if ('code' in to) {
    encrypter.setPassphrase(to.code);
    encrypter.setScryptWorkFactor(10);
  } else for (const one of to) encrypter.addRecipient(one);
  return Buffer.from(await encrypter.encrypt(plain));
}

/** The keys of the list, and how its files are made and put down. */
export async function helpWorld() {
  const identity = await generateX25519Identity();
  const hybridIdentity = await generateHybridIdentity();
  const escrowIdentity = await generateX25519Identity();
  const askerIdentity = await generateX25519Identity();
  const [recipient, hybridRecipient, escrowRecipient, asker] = await Promise.all(
    [identity, hybridIdentity, escrowIdentity, askerIdentity].map((one) => identityToRecipient(one)),
  );
  if (!recipient || !hybridRecipient || !escrowRecipient || !asker) throw new Error('no recipient');
  const spokenCode = newSpokenKey(12);
  const code = spokenCode.replaceAll('-', '');
  const dataKey = randomBytes(32);
  const request = randomUUID();
  const keyring = keyringName('ab'.repeat(16));
  const now = '2026-11-28T08:00:00.000Z';

  /** The escrow slot of the station's keyring. */
  const slotOf = async (over: { context?: string; key?: Uint8Array; to?: To } = {}): Promise<Buffer> => {
    const { context = `lijing escrow slot v1 ${STATION} ${keyring}`, key = dataKey, to = [recipient] } = over;
    return sealedTo(to, Buffer.concat([sha256(context), key]));
  };
  const requestOf = async (over: object = {}) => ({
    ...{ format: 'lijing-help-request', version: 1, site: STATION, keyring, request, at: '2026-11-24T08:00:00.000Z' },
    ...{ recipient: asker, slot: (await slotOf()).toString('base64'), ...over },
  });
  const headOf = (over: object = {}) => ({
    ...{ format: 'lijing-help-answer', version: 1, act: '5b0c2f6e-0c1e-4a68-9d0a-2f6f5a3c9b11', request },
    ...{ site: STATION, keyring, at: '2026-11-25T08:00:00.000Z', until: '2026-12-02T08:00:00.000Z', ...over },
  });
  /** What follows the first line of an answer. */
  const keyOf = (over: { line?: string; key?: Uint8Array; to?: To } = {}): Promise<Buffer> => {
    const { line = canonical(headOf()), key = dataKey, to = { code } } = over;
    return sealedTo(to, Buffer.concat([sha256(`lijing help answer v1 ${line}`), key]));
  };
  const answerOf = async (over: { line?: string; text?: string; key?: Uint8Array; to?: To } = {}): Promise<Buffer> => {
    const { line = canonical(headOf()), to = [asker] } = over;
    const { text = `${line}\n`, key = await keyOf({ line }) } = over;
    return sealedTo(to, Buffer.concat([Buffer.from(text), key]));
  };

  return {
    ...{ recipient, hybridRecipient, escrowIdentity, escrowRecipient, hybridIdentity, asker, code, dataKey, keyring },
    ...{ slotOf, requestOf, headOf, keyOf, answerOf },
    /** As the list has them. */
    keys: { identity, hybridIdentity, escrowIdentity, askerIdentity, spokenCode, request, now },
  };
}
export type HelpWorld = Awaited<ReturnType<typeof helpWorld>>;

/** Puts files of a kind down, and lists them. */
export type Put = (name: string, about: string, told: string | null, bytes: Uint8Array) => Promise<void>;

/** The folder of the list. */
export async function helpShelf(folder: string, { keys, dataKey }: HelpWorld) {
  const vectors: OtherVector[] = [];
  await mkdir(folder, { recursive: true });
  return {
    putting:
      (kind: OtherVector['kind'], extension: string): Put =>
      async (name, about, told, bytes) => {
        const file = `${name}.${extension}`;
        await writeFile(join(folder, file), bytes);
        vectors.push({ file, about, kind, code: told });
      },
    finish: async (): Promise<void> => {
      const list: OtherVectors = { ...keys, station: STATION, dataKey: dataKey.toString('hex'), vectors };
      await writeFile(join(folder, 'vectors.json'), `${JSON.stringify(list, null, 2)}\n`);
    },
  };
}
