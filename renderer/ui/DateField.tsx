import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';

type Props = {
  readonly value?: string | null;
  readonly onChange?: (value: string | null) => void;
  readonly id?: string;
  readonly disabled?: boolean;
  /** Days after today are refused. */
  readonly notAfterToday?: boolean;
  readonly 'aria-label'?: string;
};

const field =
  (picker: 'date' | 'month' | 'year', format: string) =>
  ({ value = null, onChange, notAfterToday = false, ...rest }: Props) => (
    <DatePicker
      {...rest}
      picker={picker}
      format={format}
      value={value === null ? null : dayjs(value, format)}
      onChange={(chosen: Dayjs | null) => onChange?.(chosen?.isValid() ? chosen.format(format) : null)}
      {...(notAfterToday ? { maxDate: dayjs() } : {})}
      className="date-field"
    />
  );

/** A day, `2026-11-24`; typed or chosen. */
export const DateField = field('date', 'YYYY-MM-DD');
/** A month, `2026-11`. */
export const MonthField = field('month', 'YYYY-MM');
/** A year, `2026`. */
export const YearField = field('year', 'YYYY');
