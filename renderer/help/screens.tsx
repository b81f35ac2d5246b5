import type { ScreenSpec } from '../app/registry.ts';
import { Help } from './Help.tsx';

export const helpScreens: readonly ScreenSpec[] = [{ id: 'help', title: 'help.title', view: Help }];
