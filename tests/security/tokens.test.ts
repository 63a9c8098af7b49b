// OWASP API2: tokens that the shop's own key has signed and that are wrong all the same. Those of other keys: contract/tokens.test.ts.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { callService, get, post } from '../support/client.ts';
import { settingOf } from '../support/parts.ts';
import { newCustomer, type Person } from '../support/people.ts';
import { architecture, type Service } from '../support/shop.ts';
import { encode, partsOf, signed, strangersKey } from './support/forging.ts';

let person: Person;
let header: any;
let claims: any;
let key: KeyObject;

beforeAll(async () => {
  person = await newCustomer();
  ({ header, claims } = partsOf(person.token));
  const files = settingOf(architecture.isMonolith() ? 'monolith' : 'user-service', 'SIGNING_KEY_FILE')!;
  key = createPrivateKey(readFileSync(files.split(',')[0]!));
});

const now = () => Math.floor(Date.now() / 1000);
const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));

const wrong: [string, () => string][] = [
  ['of another issuer', () => signed(header, { ...claims, iss: 'somebody' }, key)],
  ['for another audience', () => signed(header, { ...claims, aud: 'another-shop' }, key)],
  ['for several audiences', () => signed(header, { ...claims, aud: ['another-shop', claims.aud] }, key)],
  ['that has expired', () => signed(header, { ...claims, iat: now() - 100, exp: now() - 10 }, key)],
  ['that is not valid yet', () => signed(header, { ...claims, nbf: now() + 60 }, key)],
  ['issued in the future', () => signed(header, { ...claims, iat: now() + 60 }, key)],
  ['without an end', () => signed(header, without('exp'), key)],
  ['whose end is a text', () => signed(header, { ...claims, exp: String(claims.exp) }, key)],
  ['without an issuer', () => signed(header, without('iss'), key)],
  ['without a role', () => signed(header, without('role'), key)],
  ['with a role that nobody has', () => signed(header, { ...claims, role: 'root' }, key)],
  ['of two users', () => signed(header, { ...claims, user_id: 1 }, key)],
  ['under a kid that is a path', () => signed({ ...header, kid: '../../../../dev/null' }, claims, key)],
  ['under a kid that is SQL', () => signed({ ...header, kid: "' OR '1'='1" }, claims, key)],
  ['under no kid', () => signed({ alg: 'ES256', typ: 'JWT' }, claims, key)],
  ['of another algorithm of the same family', () => signed({ ...header, alg: 'ES384' }, claims, key)],
  ['with an extension that must be understood', () => signed({ ...header, crit: ['b64'], b64: true }, claims, key)],
  ['that brings its own key', () => bringsItsKey()],
  ['that names where its key is', () => signed({ ...header, jku: 'http://127.0.0.1:9/keys', x5u: 'http://127.0.0.1:9/keys' }, claims, strangersKey())],
  ['with an empty signature', () => `${encode(header)}.${encode(claims)}.`],
  ['with a signature of zeros', () => `${encode(header)}.${encode(claims)}.${Buffer.alloc(64).toString('base64url')}`],
  ['cut in the middle', () => person.token.slice(0, person.token.length / 2)],
  ['with a space in it', () => person.token.replace('.', '. ')],
];

function bringsItsKey(): string {
  const own = strangersKey();
  return signed({ ...header, kid: 'mine', jwk: { ...own.export({ format: 'jwk' }), d: undefined } }, claims, own);
}

describe('a token is refused', () => {
  it.each(wrong)('%s', async (_, make) => {
    expect((await get('/api/auth/me', make())).status).toBe(401);
    expect((await get('/api/cart', make())).status).toBe(401);
  });

  it('but not the same claims when nothing is wrong with them', async () => {
    expect((await get('/api/auth/me', signed(header, { ...claims, nbf: now() - 1 }, key))).status).toBe(200);
  });

  it('in a parameter, a cookie or a body, whoever\'s it is', async () => {
    expect((await get(`/api/auth/me?access_token=${person.token}&token=${person.token}`)).status).toBe(401);
    expect((await get('/api/auth/me', undefined, { cookie: `access_token=${person.token}; token=${person.token}` })).status).toBe(401);
    expect((await get('/api/auth/me', person.refreshToken)).status).toBe(401);
    expect((await post('/api/auth/refresh', { refresh_token: person.token })).status).toBe(401);
  });

  it('and the answer does not tell which part of it was wrong', async () => {
    const details = new Set<string>();
    for (const [, make] of wrong.filter(([name]) => !name.includes('expired'))) details.add((await get('/api/auth/me', make())).json.detail);
    expect([...details]).toHaveLength(1);
  });
});

describe.skipIf(architecture.isMonolith())('no service takes what the door would not', () => {
  const asked: [Service, () => string][] = [
    ['user', () => `/users/${person.id}`],
    ['cart', () => `/cart/${person.id}`],
    ['order', () => `/orders/user/${person.id}`],
    ['payment', () => '/payments/1'],
  ];

  it.each(asked)('%s service', async (service, path) => {
    for (const [name, make] of wrong) {
      expect((await callService(service, 'GET', path(), undefined, { token: make() })).status, `a token ${name}`).toBe(401);
    }
  });

  it('product service', async () => {
    for (const [name, make] of wrong) {
      expect((await callService('product', 'POST', '/products/1/reviews', undefined, { token: make(), body: { rating: 1 } })).status, `a token ${name}`).toBe(401);
    }
  });
});

describe('what the shop signs', () => {
  it('lives for a quarter of an hour at most: who has logged out, or was deleted, is out by then', () => {
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(15 * 60);
  });

  it('names a token by a number that comes only once', async () => {
    const again = await post('/api/auth/login', { email: person.email, password: person.password });
    expect(partsOf(again.json.access_token).claims.jti).not.toBe(claims.jti);
  });

  it('says nothing of the password', () => {
    expect(Object.keys(claims).sort()).toEqual(['aud', 'email', 'exp', 'iat', 'iss', 'jti', 'role', 'sub', 'user_id']);
  });

  it('is signed by a key of which the public part alone is shown', async () => {
    for (const shown of (await get('/.well-known/jwks.json')).json.keys) expect(Object.keys(shown)).not.toContain('d');
  });

  it('stands for an account that is there: the token of none is refused', async () => {
    const ghost = signed(header, { ...claims, sub: '999999999', user_id: 999_999_999 }, key);
    expect((await get('/api/auth/me', ghost)).status).toBe(401);
  });
});
