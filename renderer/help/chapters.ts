/** One chapter of the user manual: a file of resources/manual, its first line the title. */
export type Chapter = { readonly id: string; readonly title: string; readonly body: string };

const files: Readonly<Record<string, string>> = import.meta.glob('../../resources/manual/*.md', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** The manual in the order of its files' numbers, as it was built into the application. */
export const chapters: readonly Chapter[] = Object.entries(files)
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([path, markdown]) => {
    const [first = '', ...rest] = markdown.split('\n');
    return { id: path.replace(/^.*\//, ''), title: first.replace(/^# /, ''), body: rest.join('\n') };
  });
