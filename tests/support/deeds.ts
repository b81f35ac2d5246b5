import { join } from 'node:path';
import type { CallName, Input, Output } from '../../shared/contract.ts';
import type { ProblemCode, Result } from '../../shared/problem.ts';
import type { fileKinds } from '../../shared/work.ts';
import { auditWords } from './every-call.ts';
import { PASSWORD } from './site.ts';
import { aSession } from './training.ts';

/** The password after the change. */
export const CHANGED = '水清派出所-2027';

/** A site as a person has it before him, in this process or in one of its own. */
export type Hand = {
  readonly ask: <N extends CallName>(name: N, input: Input<N>) => Promise<Result<Output<N>>>;
  readonly choose: (...paths: string[]) => void;
  readonly file: (path: string, kind: keyof typeof fileKinds) => Promise<string>;
  readonly drive: (path: string) => Promise<string>;
};

/** Everything a deed needs, in folders that are its own alone. */
export type DeedPlaces = {
  readonly root: string;
  readonly sites: Readonly<Record<'station' | 'former' | 'bureau' | 'damaged' | 'keyless' | 'nobody', string>>;
  readonly stick: string;
  readonly station: string;
  readonly other: string;
  readonly kit: string;
  readonly code: string;
  /** The kit of the computer that follows the station's, and what opens it. */
  readonly next: { readonly kit: string; readonly code: string };
  readonly bundle: string;
  readonly answer: string;
  readonly photos: readonly string[];
  readonly people: readonly string[];
};

/** Something that writes a lot, and that a power cut or a full disk may meet at any moment. */
export type Deed = {
  readonly name: string;
  /** The site it happens at. */
  readonly at: keyof DeedPlaces['sites'];
  /** Who is signed in; null: nobody can be. */
  readonly who: string | null;
  readonly does: (hand: Hand, places: DeedPlaces) => Promise<Result<unknown>>;
  /** Told when it is asked for once more behind its end. */
  readonly doneAlready?: ProblemCode;
};

const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };
const FIRST = { accountName: '值班所长', ...SUOZHANG };

const stationDeeds: readonly Deed[] = [
  {
    name: 'export',
    at: 'station',
    who: 'suozhang',
    does: async (hand, { stick }) =>
      hand.ask('handoff.export', { drive: await hand.drive(stick), medium: '01', continues: null }),
  },
  {
    name: 'import of a return',
    at: 'station',
    who: 'suozhang',
    does: async (hand, { answer }) => hand.ask('handoff.importReturn', { file: await hand.file(answer, 'bundle') }),
  },
  {
    name: 'backup here',
    at: 'station',
    who: 'suozhang',
    does: (hand) => hand.ask('backup.make', { drive: null }),
  },
  {
    name: 'backup on a stick',
    at: 'station',
    who: 'suozhang',
    does: async (hand, { stick }) => hand.ask('backup.make', { drive: await hand.drive(stick) }),
  },
  {
    name: 'change of password',
    at: 'station',
    who: 'suozhang',
    does: (hand) => hand.ask('site.changePassword', { password: PASSWORD, newPassword: CHANGED }),
    doneAlready: 'site.login-failed',
  },
  {
    name: 'attachments',
    at: 'station',
    who: 'suozhang',
    does: async (hand, { photos, people }) => {
      hand.choose(...photos);
      const chosen = await hand.ask('work.chooseFiles', { kind: 'scan', many: true });
      if (!chosen.ok) return chosen;
      const session = aSession(people, { title: '照片', course: null, newScans: chosen.value.map(({ id }) => id) });
      return hand.ask('training.recordSession', { id: null, version: null, session, reason: '', sameConfirmed: false });
    },
    doneAlready: 'training.same-session',
  },
  {
    name: 'audit export',
    at: 'station',
    who: 'suozhang',
    does: (hand, { stick }) => {
      hand.choose(join(stick, '核查.xlsx'));
      const filter = { person: null, account: null, kind: null, from: null, to: null };
      return hand.ask('site.exportAudit', { stream: null, filter, words: auditWords });
    },
  },
];

const bureauDeeds: readonly Deed[] = [
  {
    name: 'import of a bundle',
    at: 'bureau',
    who: 'guanli',
    does: async (hand, { bundle }) => {
      const result = await hand.ask('handoff.importBundles', { files: [await hand.file(bundle, 'bundle')] });
      const problem = result.ok ? result.value[0]?.problem : null;
      return problem ? ({ ok: false, problem } as Result<never>) : result;
    },
  },
  {
    name: 'kit',
    at: 'bureau',
    who: 'guanli',
    does: async (hand, { stick, other }) =>
      hand.ask('handoff.issueKit', { site: other, drive: await hand.drive(stick) }),
  },
  {
    name: 'return',
    at: 'bureau',
    who: 'guanli',
    does: async (hand, { stick, station }) =>
      hand.ask('handoff.writeReturn', { site: station, drive: await hand.drive(stick) }),
  },
];

const doorDeeds: readonly Deed[] = [
  {
    name: 'founding',
    at: 'nobody',
    who: null,
    does: async (hand, { kit, code }) =>
      hand.ask('site.foundStationFromKit', { file: await hand.file(kit, 'bundle'), code, ...FIRST }),
    doneAlready: 'site.already-founded',
  },
  {
    name: 'founding anew',
    at: 'former',
    who: null,
    does: async (hand, { next: { kit, code } }) =>
      hand.ask('site.foundStationFromKit', { file: await hand.file(kit, 'bundle'), code, ...FIRST, setAside: true }),
    doneAlready: 'site.already-founded',
  },
  {
    name: 'restore',
    at: 'damaged',
    who: null,
    does: async (hand) => {
      const found = await hand.ask('backup.restorable', SUOZHANG);
      if (!found.ok) return found;
      return hand.ask('backup.restore', { ...SUOZHANG, id: found.value.copies[0]?.id ?? '' });
    },
    doneAlready: 'backup.not-needed',
  },
  {
    name: 'restore of the keyring',
    at: 'keyless',
    who: null,
    does: (hand) => hand.ask('backup.restoreKeyring', {}),
    doneAlready: 'backup.not-needed',
  },
  {
    name: 'moving to another computer',
    at: 'nobody',
    who: null,
    does: async (hand, { stick }) => {
      const drive = await hand.drive(stick);
      const found = await hand.ask('backup.sitesOn', { drive });
      return found.ok ? hand.ask('backup.adopt', { drive, site: found.value[0]?.site ?? '' }) : found;
    },
    doneAlready: 'site.already-founded',
  },
];

export const deeds: readonly Deed[] = [...stationDeeds, ...bureauDeeds, ...doorDeeds];
