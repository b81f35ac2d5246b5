import { useState } from 'react';
import type { PackageLook, PackageOutcome } from '../../shared/handoff.ts';
import type { ChosenFile } from '../../shared/work.ts';
import { useJob } from '../app/use-action.ts';

/** A second history is kept aside when it is imported. */
export const isImportable = ({ standing }: PackageLook): boolean => standing !== 'refused';
const isWanted = (look: PackageLook): boolean => isImportable(look) && look.standing !== 'known';

/** The files laid in the inbox, what their manifests tell, and how those imported last have fared. */
export function useInbox() {
  const look = useJob('handoff.lookAtBundles');
  const take = useJob('handoff.importBundles');
  const [looks, setLooks] = useState<readonly PackageLook[]>([]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [outcomes, setOutcomes] = useState<readonly PackageOutcome[] | null>(null);
  const idsOf = (those: readonly { readonly file: string }[]): readonly string[] => those.map(({ file }) => file);

  /** Looks at the files, and shows them behind those already listed that are not among them. */
  const lookAt = async (files: readonly string[], listed: readonly PackageLook[]): Promise<void> => {
    const told = files.length === 0 ? [] : await look.run({ files: [...files] });
    if (!told) return;
    setOutcomes(null);
    setLooks([...listed.filter(({ file }) => !files.includes(file)), ...told]);
    setChosen([...chosen.filter((file) => !files.includes(file)), ...idsOf(told.filter(isWanted))]);
  };
  const importChosen = async (): Promise<void> => setOutcomes(await take.run({ files: [...chosen] }));

  return {
    looks,
    chosen,
    choose: setChosen,
    outcomes,
    job: take.busy ? take : look,
    problem: look.problem ?? take.problem,
    dismiss: () => {
      look.clear();
      take.clear();
    },
    add: (files: readonly ChosenFile[]) =>
      void lookAt(
        files.map(({ id }) => id),
        looks,
      ),
    clear: () => {
      setLooks([]);
      setChosen([]);
    },
    importChosen: () => void importChosen(),
    /** Those sealed to a key that is not on this computer. */
    unopened: idsOf(
      looks.filter(({ problem }) => problem && ['bundle.not-for-us', 'handoff.keys-lost'].includes(problem.code)),
    ),
    /** The names of those sealed to keys that a restored bureau has lost. */
    sealedToLost: looks.filter(({ problem }) => problem?.code === 'handoff.keys-lost').map(({ name }) => name),
    show: setOutcomes,
    /** Back to the list, where every file stands anew to what the bureau holds now. */
    again: () => void lookAt(idsOf(looks), []),
  };
}
export type Inbox = ReturnType<typeof useInbox>;
