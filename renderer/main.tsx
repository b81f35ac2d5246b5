import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { useSession } from './app/session.ts';
import { Door } from './site/Door.tsx';
import './styles.css';

const loadRegistry = async () => (await import('./screens.tsx')).registry;

// Asked before anything is drawn: the answer comes meanwhile.
void useSession.getState().refresh();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App door={Door} load={loadRegistry} />);
