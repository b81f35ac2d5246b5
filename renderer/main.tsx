import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { registry } from './screens.tsx';
import './styles.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App registry={registry} />);
