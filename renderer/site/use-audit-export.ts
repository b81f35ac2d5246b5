import { App } from 'antd';
import { type AuditFilter, auditColumns, auditCoverWords, type AuditWords } from '../../shared/site-audit.ts';
import { entryNames } from '../app/entry-text.ts';
import { usePeople } from '../app/people.ts';
import { problemTexts, text } from '../app/text.ts';
import { type Job, useJob } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';

type Asked = { readonly stream: string | null; readonly filter: AuditFilter };

/** Saves what the audit view shows, with the check's result on the first sheet. */
export function useAuditExport({ stream, filter }: Asked): Job<'site.exportAudit'> & { readonly save: () => void } {
  const job = useJob('site.exportAudit');
  const { message } = App.useApp();
  const asked = useAskedWords({ stream, filter });
  const save = async (): Promise<void> => {
    const saved = await job.run({ stream, filter, words: { ...words, asked } });
    if (saved) void message.success(text('site.audit.saved', { rows: saved.rows }));
  };
  return { ...job, save: () => void save() };
}

/** What was looked for, in words. */
function useAskedWords({ stream, filter: { person, account, kind, from, to } }: Asked): string {
  const people = usePeople(person === null ? [] : [person]);
  const accounts = useCall('site.listAccounts', {});
  const parts = [
    stream && `${text('site.audit.stream')} ${stream}`,
    person && `${text('site.audit.person')} ${people.find(({ id }) => id === person)?.name ?? person}`,
    account && `${text('site.audit.account')} ${accounts.value?.find(({ id }) => id === account)?.name ?? account}`,
    kind && `${text('site.audit.kind')} ${entryNames[kind] ?? kind}`,
    (from || to) && `${from ?? ''} ${text('site.audit.until')} ${to ?? ''}`,
  ];
  return parts.filter(Boolean).join('　') || text('site.audit.all');
}

/** Exhaustive by construction: every word of the list has its text. */
const cover = Object.fromEntries(
  auditCoverWords.map((word) => [word, text(`site.audit.cover.${word}`)]),
) as AuditWords['cover'];

const words: Omit<AuditWords, 'asked'> = {
  fileName: text('site.audit.title'),
  cover,
  columns: auditColumns.map((column) => text(`site.audit.${column}`)),
  kinds: entryNames,
  codes: problemTexts(['journal.', 'entry.']),
};
