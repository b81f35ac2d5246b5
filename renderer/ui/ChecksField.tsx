import { Checkbox } from 'antd';

/** Any number of a few things, ticked; for forms. */
export const ChecksField = <V extends string>({
  id,
  options,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly value?: readonly V[];
  readonly onChange?: (value: V[]) => void;
}) => (
  // Taken apart on purpose: a form would put `aria-required` on the group, which no group may carry.
  <Checkbox.Group<V>
    {...(id === undefined ? {} : { id })}
    options={[...options]}
    value={[...(value ?? [])]}
    onChange={(chosen) => onChange?.(chosen)}
  />
);
