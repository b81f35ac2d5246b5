import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { entrance } from './entrance.ts';
import './styles.css';

const loadRegistry = async () => (await import('./screens.tsx')).registry;

const root = document.getElementById('root');
if (root) createRoot(root).render(<App entrance={entrance} load={loadRegistry} />);
