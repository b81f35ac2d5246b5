import { HddOutlined } from '@ant-design/icons';
import { useMay } from '../app/may.ts';
import type { ScreenSpec, Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Media } from './Media.tsx';
import { Stick } from './Stick.tsx';

export const mediaScreens: readonly ScreenSpec[] = [
  {
    id: 'media',
    title: 'media.title',
    view: Media,
    needs: 'media.list',
    menu: { icon: <HddOutlined />, group: 'handoff' },
  },
  { id: 'stick', title: 'media.title', view: Stick, needs: 'media.openStick', under: 'media' },
];

/** Lost sticks of this site about which something is still to be done. */
export function useMediaWaiting(): readonly Waiting[] | null {
  const mayKeep = useMay('media.recordStick');
  const { value } = useCall('media.list', {});
  if (!mayKeep) return [];
  const count = value?.filter(({ isOwn, openSteps }) => isOwn && openSteps > 0).length;
  if (count === undefined) return null;
  const words = text('media.waiting.loss', { count });
  return count === 0
    ? []
    : [{ key: 'media-loss', urgency: 'due', text: words, place: { screen: 'media', params: {} } }];
}
