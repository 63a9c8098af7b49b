import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { get, post } from '../support/client.ts';
import { login, newCustomer } from '../support/people.ts';
import { eventually } from '../support/wait.ts';

const password = 'a long enough password';
const freshEmail = () => `new-${randomUUID()}@example.com`;

describe('registering', () => {
  it('answers 201 with the user and never with the password', async () => {
    const email = freshEmail();
    const answer = await post('/api/auth/register', { email, password, full_name: 'Ada Lovelace' });

    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ email, full_name: 'Ada Lovelace', name: 'Ada Lovelace', role: 'customer' });
    expect(answer.text).not.toContain(password);
  });

  it('accepts `name` instead of `full_name`', async () => {
    const answer = await post('/api/auth/register', { email: freshEmail(), password, name: 'Grace Hopper' });
    expect(answer.json.full_name).toBe('Grace Hopper');
  });

  it('ignores a role that the client asks for', async () => {
    const answer = await post('/api/auth/register', { email: freshEmail(), password, full_name: 'Eve', role: 'admin' });
    expect(answer.json.role).toBe('customer');
  });

  it('answers 409 when the e-mail is taken, in any case of letters', async () => {
    const email = freshEmail();
    await post('/api/auth/register', { email, password, full_name: 'First' });
    const again = await post('/api/auth/register', { email: email.toUpperCase(), password, full_name: 'Second' });
    expect(again.status).toBe(409);
  });

  it('lets exactly one of eight simultaneous registrations of one e-mail win', async () => {
    const email = freshEmail();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/api/auth/register', { email, password, full_name: 'Twin' })));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status !== 201).every((answer) => [409, 503].includes(answer.status))).toBe(true);
  });

  it.each([
    ['a bad e-mail', { email: 'not an e-mail', password, full_name: 'X' }, 'email'],
    ['a password under 8 characters', { email: freshEmail(), password: '1234567', full_name: 'X' }, 'password'],
    ['no e-mail', { password, full_name: 'X' }, 'email'],
    ['a password that is a number', { email: freshEmail(), password: 12345678, full_name: 'X' }, 'password'],
  ])('answers 422 for %s and names the field', async (_, body, field) => {
    const answer = await post('/api/auth/register', body);
    expect(answer.status).toBe(422);
    expect(answer.json.errors.map((error: any) => error.field)).toContain(field);
  });
});

describe('logging in', () => {
  it('knows the seeded test user', async () => {
    const answer = await post('/api/auth/login', { email: 'paintest@example.com', password: 'password123' });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ token_type: 'bearer' });
    expect(answer.json.expires_in).toBeGreaterThan(0);
  });

  it('gives a token with the claims of the contract', async () => {
    const person = await newCustomer();
    const claims = JSON.parse(Buffer.from(person.token.split('.')[1]!, 'base64url').toString());
    expect(claims).toMatchObject({ sub: String(person.id), user_id: person.id, email: person.email, role: 'customer' });
    expect(Object.keys(claims)).toEqual(expect.arrayContaining(['iss', 'aud', 'iat', 'exp', 'jti']));
  });

  it('answers 401 alike for a wrong password and an unknown e-mail', async () => {
    const person = await newCustomer();
    const wrong = await post('/api/auth/login', { email: person.email, password: 'wrong password' });
    const unknown = await post('/api/auth/login', { email: freshEmail(), password: 'wrong password' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.json.detail).toBe(unknown.json.detail);
  });

  it('slows guessing down: 429 with Retry-After after many failures', async () => {
    const person = await newCustomer();
    const answer = await eventually('the account is throttled', async () => {
      const attempt = await post('/api/auth/login', { email: person.email, password: 'guess' });
      return attempt.status === 429 ? attempt : undefined;
    });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('who am I', () => {
  it('answers with the signed-in user', async () => {
    const person = await newCustomer();
    const answer = await get('/api/auth/me', person.token);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ id: person.id, email: person.email });
  });

  it('answers 401 with WWW-Authenticate without a token', async () => {
    const answer = await get('/api/auth/me');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('refreshing', () => {
  it('gives new tokens and spends the old one', async () => {
    const person = await newCustomer();
    const fresh = await post('/api/auth/refresh', { refresh_token: person.refreshToken });
    expect(fresh.status).toBe(200);
    expect(fresh.json.refresh_token).not.toBe(person.refreshToken);
    expect((await get('/api/auth/me', fresh.json.access_token)).status).toBe(200);
  });

  it('revokes the whole family when a spent token is used again', async () => {
    const person = await newCustomer();
    const fresh = await post('/api/auth/refresh', { refresh_token: person.refreshToken });
    const reuse = await post('/api/auth/refresh', { refresh_token: person.refreshToken });
    const heir = await post('/api/auth/refresh', { refresh_token: fresh.json.refresh_token });
    expect([reuse.status, heir.status]).toEqual([401, 401]);
  });

  it('lets exactly one of eight simultaneous refreshes win', async () => {
    const person = await newCustomer();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/api/auth/refresh', { refresh_token: person.refreshToken })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(7).fill(401)]);
  });

  it('answers 401 for a token that was never given', async () => {
    expect((await post('/api/auth/refresh', { refresh_token: 'nonsense' })).status).toBe(401);
  });

  it('ends with logout', async () => {
    const person = await newCustomer();
    expect((await post('/api/auth/logout', { refresh_token: person.refreshToken })).status).toBe(204);
    expect((await post('/api/auth/refresh', { refresh_token: person.refreshToken })).status).toBe(401);
  });

  it('leaves other sessions of the same person alone', async () => {
    const person = await newCustomer();
    const other = await login(person.email, person.password);
    await post('/api/auth/logout', { refresh_token: person.refreshToken });
    expect((await post('/api/auth/refresh', { refresh_token: other.refreshToken })).status).toBe(200);
  });
});

describe('the key set', () => {
  it('is public', async () => {
    expect((await get('/.well-known/jwks.json')).status).toBe(200);
  });
});
