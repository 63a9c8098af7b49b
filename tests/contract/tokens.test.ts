// Forged, tampered and malformed tokens are all 401, on every kind of route.
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { get } from '../support/client.ts';
import { newCustomer, type Person } from '../support/people.ts';

const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

let person: Person;
let header: any;
let claims: any;
let publicJwk: any;

beforeAll(async () => {
  person = await newCustomer();
  [header, claims] = person.token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  publicJwk = (await get('/.well-known/jwks.json')).json.keys[0];
});

function stranger(head: object, body: object): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = `${encode(head)}.${encode(body)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const forgeries: [string, () => string][] = [
  ['alg none', () => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`],
  ['alg None with a signature', () => `${encode({ ...header, alg: 'None' })}.${encode(claims)}.${person.token.split('.')[2]}`],
  [
    'HS256 with the public key as secret',
    () => {
      const text = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
      const secret = createPublicKey({ key: publicJwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    },
  ],
  ['a stranger\'s key under our kid', () => stranger(header, claims)],
  ['an unknown kid', () => stranger({ ...header, kid: 'unknown' }, claims)],
  ['a raised role', () => `${person.token.split('.')[0]}.${encode({ ...claims, role: 'admin' })}.${person.token.split('.')[2]}`],
  ['another user id', () => `${person.token.split('.')[0]}.${encode({ ...claims, sub: '1', user_id: 1 })}.${person.token.split('.')[2]}`],
  ['a cut signature', () => person.token.slice(0, -10)],
  ['two parts', () => person.token.split('.').slice(0, 2).join('.')],
  ['four parts', () => `${person.token}.x`],
  ['no base64url', () => person.token.replace('.', '.*')],
  ['nothing', () => ''],
  ['a huge one', () => 'a'.repeat(9_000)],
];

describe.each(['/api/auth/me', '/api/cart', '/api/orders', '/api/orders/1', '/api/notifications'])('%s', (path) => {
  it.each(forgeries)('refuses %s', async (_, forge) => {
    const answer = await get(path, forge() || ' ');
    expect(answer.status).toBe(401);
  });

  it('takes the real one', async () => {
    expect((await get(path, person.token)).status).not.toBe(401);
  });
});

it('another scheme than Bearer is no token', async () => {
  const answer = await get('/api/auth/me', undefined, { authorization: `Basic ${encode('a:b')}` });
  expect(answer.status).toBe(401);
});
