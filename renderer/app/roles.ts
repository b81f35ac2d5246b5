import type { Role, SiteKind } from '../../shared/call.ts';
import { text } from './text.ts';

/** A role as it is called at this kind of site. */
export const roleText = (role: Role, at: SiteKind): string =>
  role === 'inspector' && at === 'bureau' ? text('app.role.bureauInspector') : text(`app.role.${role}`);
