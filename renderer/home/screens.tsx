import { HomeOutlined } from '@ant-design/icons';
import type { ScreenSpec } from '../app/registry.ts';
import { Home } from './Home.tsx';

export const homeScreens: readonly ScreenSpec[] = [
  { id: 'home', title: 'app.home.title', view: Home, menu: { icon: <HomeOutlined />, group: 'today' } },
];
