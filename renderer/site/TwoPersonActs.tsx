import type { Account } from '../../shared/site.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { NewPasswordFields } from './FirstAccountFields.tsx';
import { type SecondPerson, SecondPersonFields } from '../ui/SecondPersonFields.tsx';

type Props = { readonly account: Account; readonly onClose: () => void };

/** A new password for somebody who forgot his. */
export function ResetPassword({ account, onClose }: Props) {
  const reset = useAction('site.resetPassword');
  const submit = async (fields: SecondPerson & { readonly password: string }): Promise<void> => {
    const { password: newPassword, secondLoginName, secondPassword } = fields;
    if (await reset.run({ id: account.id, newPassword, secondLoginName, secondPassword })) onClose();
  };
  return (
    <FormModal
      title={text('site.accounts.resetTitle', { name: account.name })}
      confirm={text('site.accounts.reset')}
      action={reset}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('site.accounts.resetText')}</p>
      <NewPasswordFields label={text('site.accounts.newPassword')} />
      <SecondPersonFields />
    </FormModal>
  );
}

/** Puts an account out of use; what it wrote and signed stays. */
export function CloseAccount({ account, onClose }: Props) {
  const closing = useAction('site.closeAccount');
  const submit = async ({ secondLoginName, secondPassword }: SecondPerson): Promise<void> => {
    if (await closing.run({ id: account.id, secondLoginName, secondPassword })) onClose();
  };
  return (
    <FormModal
      title={text('site.accounts.closeTitle', { name: account.name })}
      confirm={text('site.accounts.close')}
      danger
      action={closing}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('site.accounts.closeText')}</p>
      <SecondPersonFields />
    </FormModal>
  );
}
