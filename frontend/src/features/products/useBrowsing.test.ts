import { expect, test } from 'vitest';
import { browsingOf, paramsOf } from './useBrowsing';

test('an address says what is looked at, and comes out as it went in', () => {
  const address = 'q=mouse&category=2&sort=-price&page=3';
  const browsing = browsingOf(new URLSearchParams(address));
  expect(browsing).toEqual({ q: 'mouse', category_id: 2, sort: '-price', page: 3 });
  expect(paramsOf(browsing).toString()).toBe(address);
});

test.each(['page=0', 'page=-1', 'page=x', 'page=1.5', 'category=x', 'category=-2', 'sort=cheap', ''])(
  '"%s" says nothing that a shop can show, so it shows everything',
  (address) => {
    expect(browsingOf(new URLSearchParams(address))).toEqual({
      q: '',
      category_id: undefined,
      sort: undefined,
      page: 1,
    });
  },
);
