import { text } from '../app/text.ts';
import { Screen } from '../ui/Screen.tsx';
import { Manual } from './Manual.tsx';

/** The user manual as a screen. */
export function Help() {
  return (
    <Screen title={text('help.title')} back>
      <Manual />
    </Screen>
  );
}
