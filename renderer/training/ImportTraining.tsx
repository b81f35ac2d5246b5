import { trainingFields } from '../../shared/training-import.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { ImportWizard } from '../ui/import-wizard/ImportWizard.tsx';
import { Screen } from '../ui/Screen.tsx';

/** Takes a training ledger in. */
export function ImportTraining() {
  const go = useGo();
  return (
    <Screen title={text('training.import.title')} back>
      <ImportWizard slice="training" fields={trainingFields} onDone={() => go('sessions')} />
    </Screen>
  );
}
