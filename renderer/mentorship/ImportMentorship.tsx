import { mentorshipFields } from '../../shared/mentorship-import.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { ImportWizard } from '../ui/import-wizard/ImportWizard.tsx';
import { Screen } from '../ui/Screen.tsx';

/** Takes a list of pairs in. */
export function ImportMentorship() {
  const go = useGo();
  return (
    <Screen title={text('mentorship.import.title')} back>
      <ImportWizard slice="mentorship" fields={mentorshipFields} onDone={() => go('pairs')} />
    </Screen>
  );
}
