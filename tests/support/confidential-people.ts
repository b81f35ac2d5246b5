import type { Role } from '../../shared/call.ts';

/** Who is who at the station, by login. `dangshi` and `jiaodao` are concerned, `hecha` verifies two of the incidents. */
export const stationRoles = {
  jiandu: ['inspector'],
  jiaodao: ['chief'],
  zhuangan: ['trainer'],
  shifu: ['mentor'],
  hecha: ['mentor'],
  minjing: ['officer'],
  dangshi: ['officer'],
  kanke: ['viewer'],
} as const satisfies Record<string, readonly Role[]>;
export type Login = keyof typeof stationRoles;
export type WorldPeople = Readonly<Record<Login | 'other', string>>;
