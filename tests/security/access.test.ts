// OWASP API1 and API5: who may call which route on which object. The routes come from the contract, so that a new one without a rule
// fails here.
import { beforeAll, describe, expect, it } from 'vitest';
import { call, get } from '../support/client.ts';
import { openapi } from '../support/openapi.ts';
import { newCustomer } from '../support/people.ts';
import { callers, expected, filled, makeWorld, operations, rules, world } from './support/access.ts';

beforeAll(makeWorld);

const split = (operation: string) => operation.split(' ') as [string, string];

describe('the rules of access', () => {
  it('name every operation of the contract, and no other', () => {
    expect(Object.keys(rules).sort()).toEqual([...operations].sort());
  });

  it('want a token where the contract wants one', () => {
    const secured = operations.filter((operation) => {
      const [method, path] = split(operation);
      return openapi.paths[path][method.toLowerCase()].security !== undefined;
    });
    expect(Object.keys(rules).filter((operation) => rules[operation]!.anonymous === 401)).toEqual(secured);
  });
});

describe('lets in whom it should, and nobody else', () => {
  it.each(Object.keys(rules))('%s', async (operation) => {
    const [method, path] = split(operation);
    const rule = rules[operation]!;
    const got: Record<string, number> = {};
    for (const caller of callers) {
      const target = filled(path, await rule.id?.()) + (rule.query ?? '');
      const answer = await call(method, target, { token: world.tokens[caller], ...(rule.body ? { body: rule.body() } : {}) });
      got[caller] = answer.status;
    }
    expect(got).toEqual(Object.fromEntries(callers.map((caller) => [caller, expected(rule, caller)])));
  });
});

describe("somebody else's is answered as what is not there", () => {
  const hidden = Object.keys(rules).filter((operation) => rules[operation]!.stranger === 404);

  it.each(hidden)('%s', async (operation) => {
    const [method, path] = split(operation);
    const rule = rules[operation]!;
    const look = async (id: number | string) => {
      const answer = await call(method, filled(path, id), { token: world.tokens.stranger, ...(rule.body ? { body: rule.body() } : {}) });
      return { status: answer.status, ...answer.json, instance: undefined };
    };
    expect(await look(await rule.id!())).toEqual(await look(999_999_999_999));
  });
});

describe('lists hold only what is one\'s own', () => {
  it.each(['/api/orders', '/api/orders/my-orders', '/api/notifications'])('%s', async (path) => {
    expect((await get(path, world.tokens.owner)).json.length).toBeGreaterThan(0);
    expect((await get(path, (await newCustomer()).token)).json).toEqual([]);
  });

  it('and no parameter asks for another\'s', async () => {
    const mine = (await get('/api/orders', world.tokens.stranger)).json;
    for (const query of [`user_id=${world.owner.id}`, `user=${world.owner.id}`, `me=${world.owner.id}`]) {
      expect((await get(`/api/orders?${query}`, world.tokens.stranger)).json).toEqual(mine);
      expect((await get(`/api/cart?${query}`, world.tokens.stranger)).json.user_id).not.toBe(world.owner.id);
    }
  });

  it('and no header makes one somebody else', async () => {
    const borrowed = { 'x-user-id': String(world.owner.id), 'x-forwarded-user': world.owner.email, 'x-original-url': `/api/orders/${world.order}` };
    expect((await get('/api/auth/me', world.tokens.stranger, borrowed)).json.id).not.toBe(world.owner.id);
    expect((await get(`/api/orders/${world.order}`, world.tokens.stranger, borrowed)).status).toBe(404);
    expect((await get('/api/auth/me', undefined, borrowed)).status).toBe(401);
  });
});
