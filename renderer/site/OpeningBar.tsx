import { text } from '../app/text.ts';
import type { JobProgress } from '../app/use-action.ts';
import { JobBar } from '../ui/JobBar.tsx';

type Opening = { readonly busy: boolean; readonly progress: JobProgress | null; readonly cancel: () => void };

/** How far the tables are that are made anew before somebody is let in; usually there is nothing to make. */
export const OpeningBar = ({ job }: { readonly job: Opening }) =>
  job.progress && <JobBar job={job} steps={() => text('site.signIn.preparing')} />;
