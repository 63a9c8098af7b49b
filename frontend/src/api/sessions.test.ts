import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sessions } from './sessions';
import type { User } from './types';

const user = { id: 1, email: 'ann@example.com' } as User;
const tokens = { access_token: 'old', token_type: 'bearer' as const, expires_in: 900, refresh_token: 'r1' };

/** As browsers do: one holder of a name at a time. */
function lockManager() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: (_: string, work: () => Promise<unknown>) => {
      last = last.then(work, work);
      return last;
    },
  };
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('navigator', { locks: lockManager() });
  sessions.begin('microservices', user, tokens);
});
afterEach(() => vi.unstubAllGlobals());

function shopRenews(status: number): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(() =>
    Promise.resolve(
      new Response(JSON.stringify({ ...tokens, access_token: 'new', refresh_token: 'r2' }), { status }),
    ),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

test('a refresh token is spent once, however many requests need a new token at the same time', async () => {
  const fetched = shopRenews(200);
  const both = await Promise.all([
    sessions.renewed('microservices', 'old'),
    sessions.renewed('microservices', 'old'),
  ]);
  expect(both).toEqual(['new', 'new']);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(sessions.of('microservices')?.refresh_token).toBe('r2');
});

test('a session that the shop does not renew is over, and whoever listens is told', async () => {
  shopRenews(401);
  const heard = vi.fn();
  const stop = sessions.subscribe(heard);
  expect(await sessions.renewed('microservices', 'old')).toBeNull();
  expect(heard).toHaveBeenCalledWith('microservices', null, false);
  stop();
});

test('whoever logs out while a token is being renewed stays out', async () => {
  vi.stubGlobal('fetch', () => {
    sessions.end('microservices', true);
    return Promise.resolve(new Response(JSON.stringify({ ...tokens, refresh_token: 'r2' }), { status: 200 }));
  });
  expect(await sessions.renewed('microservices', 'old')).toBeNull();
  expect(sessions.of('microservices')).toBeNull();
});

test('nobody is given the token of another person', async () => {
  const fetched = shopRenews(200);
  const renewal = sessions.renewed('microservices', 'old');
  sessions.begin('microservices', { ...user, id: 2 }, { ...tokens, access_token: 'of another' });
  expect(await renewal).toBeNull();
  expect(fetched).not.toHaveBeenCalled();
});

test('a shop that is away for a moment logs nobody out', async () => {
  shopRenews(503);
  await sessions.renewed('microservices', 'old');
  expect(sessions.of('microservices')?.user.id).toBe(1);
});

test('a token is renewed before it ends, not after a refusal', async () => {
  sessions.begin('microservices', user, { ...tokens, expires_in: 1 });
  shopRenews(200);
  expect(await sessions.accessToken('microservices')).toBe('new');
});

test('each door has its own session', () => {
  sessions.end('microservices');
  sessions.begin('monolith', user, tokens);
  expect(sessions.of('microservices')).toBeNull();
  expect(sessions.of('monolith')?.user.id).toBe(1);
});
