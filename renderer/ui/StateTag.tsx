import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';

const signs = {
  good: <CheckCircleFilled />,
  running: <SyncOutlined />,
  waiting: <ClockCircleOutlined />,
  warning: <ExclamationCircleFilled />,
  bad: <CloseCircleFilled />,
  off: <MinusCircleOutlined />,
} as const;
export type StateLook = keyof typeof signs;

/** A state as a word with its sign; the colour only repeats it. */
export const StateTag = ({ look, children }: { readonly look: StateLook; readonly children: string }) => (
  <span className={`state state-${look}`}>
    {signs[look]} {children}
  </span>
);
