import { Frame } from './app/Frame.tsx';
import type { Registry } from './app/registry.ts';
import { Adopt } from './backup/Adopt.tsx';
import { Rescue } from './backup/Rescue.tsx';
import { backupScreens, useBackupWaiting, useDailyBackup, useStickBackup } from './backup/screens.tsx';
import { diagnosisScreens } from './diagnosis/screens.tsx';
import { commentsPersonPart, useCommentsWaiting } from './comments/person-part.ts';
import { disciplinePersonPart, disciplineScreens, useDisciplineWaiting } from './discipline/screens.tsx';
import { duplicatesPersonPart, duplicatesScreens, useDuplicatesWaiting } from './duplicates/screens.tsx';
import { HandoffCard } from './handoff/HandoffCard.tsx';
import { handoffScreens } from './handoff/screens.tsx';
import { useHandoffWaiting } from './handoff/waiting.ts';
import { Manual } from './help/Manual.tsx';
import { helpScreens } from './help/screens.tsx';
import { homeScreens } from './home/screens.tsx';
import { mediaScreens, useMediaWaiting } from './media/screens.tsx';
import { mentorshipPersonPart, mentorshipScreens } from './mentorship/screens.tsx';
import { useMentorshipWaiting } from './mentorship/waiting.ts';
import { quarantineScreens } from './quarantine/screens.tsx';
import { useQuarantineWaiting } from './quarantine/waiting.ts';
import { rosterScreens } from './roster/screens.tsx';
import { FoundForm } from './site/FoundForm.tsx';
import { HelpDoor } from './site/HelpDoor.tsx';
import { KitForm } from './site/KitForm.tsx';
import { Recover } from './site/Recover.tsx';
import { SwitchUser } from './site/SwitchUser.tsx';
import { siteScreens, useSiteWaiting } from './site/screens.tsx';
import { trainingPersonPart, trainingScreens, useTrainingWaiting } from './training/screens.tsx';

/** What all slices put on the screen behind the door. */
export const registry: Registry = {
  frame: Frame,
  ways: { found: FoundForm, kit: KitForm, recover: Recover, help: HelpDoor, adopt: Adopt, rescue: Rescue },
  switchUser: SwitchUser,
  manual: Manual,
  background: [useDailyBackup, useStickBackup],
  screens: [
    ...homeScreens,
    ...trainingScreens,
    ...mentorshipScreens,
    ...disciplineScreens,
    ...rosterScreens,
    ...duplicatesScreens,
    ...handoffScreens,
    ...quarantineScreens,
    ...mediaScreens,
    ...siteScreens,
    ...backupScreens,
    ...diagnosisScreens,
    ...helpScreens,
  ],
  waiting: [
    useSiteWaiting,
    useTrainingWaiting,
    useMentorshipWaiting,
    useDisciplineWaiting,
    useCommentsWaiting,
    useHandoffWaiting,
    useDuplicatesWaiting,
    useQuarantineWaiting,
    useMediaWaiting,
    useBackupWaiting,
  ],
  homeCards: [HandoffCard],
  personParts: [
    trainingPersonPart,
    mentorshipPersonPart,
    disciplinePersonPart,
    commentsPersonPart,
    duplicatesPersonPart,
  ],
};
