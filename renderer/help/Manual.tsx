import { Menu } from 'antd';
import { useEffect, useRef, useState } from 'react';
import Markdown from 'react-markdown';
import { text } from '../app/text.ts';
import { chapters } from './chapters.ts';

/** The user manual: its chapters, and the one that is open. */
export function Manual() {
  const [open, setOpen] = useState(chapters[0]?.id ?? '');
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    // In a body of its own: newer Chromium answers with a promise, which React would call on leaving.
    page.current?.scrollTo({ top: 0 });
  }, [open]);
  const chapter = chapters.find(({ id }) => id === open);
  return (
    <div className="manual">
      <nav aria-label={text('help.chapters')}>
        <Menu
          items={chapters.map(({ id, title }) => ({ key: id, label: title }))}
          selectedKeys={[open]}
          onClick={({ key }) => setOpen(key)}
        />
      </nav>
      <article ref={page} tabIndex={0} aria-label={chapter?.title}>
        <h2>{chapter?.title}</h2>
        <Markdown components={{ h2: 'h3', h3: 'h4' }}>{chapter?.body}</Markdown>
      </article>
    </div>
  );
}
