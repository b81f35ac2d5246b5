import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { Door } from './site/Door.tsx';
import './styles.css';

const loadRegistry = async () => (await import('./screens.tsx')).registry;

const root = document.getElementById('root');
if (root) createRoot(root).render(<App door={Door} load={loadRegistry} />);
