import { describe, expect, it } from 'vitest';
import { isOwnDocument, isOwnPage, isOwnUrl } from '../../../electron/shell/origin.ts';

describe('who may speak to the core', () => {
  it('is the main frame of our own page', () => {
    expect(isOwnPage({ origin: 'app://lijing', parent: null })).toBe(true);
  });

  it.each([
    ['a frame that is gone', null],
    ['a frame inside our page', { origin: 'app://lijing', parent: {} }],
    ['another host of our scheme', { origin: 'app://lijing.evil', parent: null }],
    ['a file', { origin: 'file://', parent: null }],
    ['a page of the web', { origin: 'https://lijing', parent: null }],
    ['a sandboxed document', { origin: 'null', parent: null }],
  ])('is not %s', (_who, frame) => {
    expect(isOwnPage(frame)).toBe(false);
  });
});

describe('what may be requested', () => {
  it.each(['app://lijing/index.html', 'app://lijing/assets/a.js', 'data:image/png;base64,AA', 'blob:app://lijing/1'])(
    '%s stays inside',
    (url) => {
      expect(isOwnUrl(url)).toBe(true);
    },
  );

  it.each([
    'https://example.invalid/',
    'http://127.0.0.1/',
    'ws://example.invalid/',
    'file:///etc/passwd',
    'app://other/index.html',
    'blob:https://example.invalid/1',
    'blob:app://lijing.evil/1',
    'ftp://example.invalid/',
  ])('%s is refused', (url) => {
    expect(isOwnUrl(url)).toBe(false);
  });
});

describe('where the page may go', () => {
  it('is only to itself, at any place of its own', () => {
    expect(isOwnDocument('app://lijing/index.html')).toBe(true);
    expect(isOwnDocument('app://lijing/index.html#/roster')).toBe(true);
    expect(isOwnDocument('app://lijing/other.html')).toBe(false);
    expect(isOwnDocument('https://example.invalid/#app://lijing/index.html')).toBe(false);
  });
});
