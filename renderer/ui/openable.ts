/** A row that opens by click and by Enter. */
export const openable = (open: () => void) => ({
  className: 'openable',
  tabIndex: 0,
  onClick: open,
  onKeyDown: ({ key }: { readonly key: string }) => key === 'Enter' && open(),
});
