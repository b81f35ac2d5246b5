import type { Driven, Drives } from './driven.ts';

/** The calls about people's files, each with everybody whose id is known. */
export const peopleDrives = (persons: (at: Driven) => string[]): Drives => ({
  'comments.commentsOf': (at) => persons(at).map((personId) => ({ personId })),
  'comments.writeComment': () => [{ words: '对档案有意见' }],
  'comments.answerComment': ({ world }) => [{ comment: world.ids.comment, words: '已核实' }],
  'comments.waiting': () => [{}],

  'duplicates.pairs': (at) => [{ person: null }, ...persons(at).map((person) => ({ person }))],
  'duplicates.judge': (at) => {
    const [one, other] = persons(at);
    return one && other ? [{ persons: [one, other], verdict: 'different', reason: '已核对' }] : [];
  },
});
