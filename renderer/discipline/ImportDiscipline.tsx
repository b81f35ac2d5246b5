import { disciplineFields } from '../../shared/discipline-import.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { ImportWizard } from '../ui/import-wizard/ImportWizard.tsx';
import { Screen } from '../ui/Screen.tsx';

/** Takes a discipline ledger in. */
export function ImportDiscipline() {
  const go = useGo();
  return (
    <Screen title={text('discipline.import.title')} back>
      <ImportWizard slice="discipline" fields={disciplineFields} onDone={() => go('incidents')} />
    </Screen>
  );
}
