import { MedicineBoxOutlined } from '@ant-design/icons';
import type { ScreenSpec } from '../app/registry.ts';
import { Diagnosis } from './Diagnosis.tsx';

export const diagnosisScreens: readonly ScreenSpec[] = [
  {
    id: 'diagnosis',
    title: 'diagnosis.title',
    view: Diagnosis,
    needs: 'diagnosis.examine',
    menu: { icon: <MedicineBoxOutlined />, group: 'system' },
  },
];
