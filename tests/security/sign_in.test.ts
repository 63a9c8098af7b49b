// OWASP API2: guessing passwords, finding out who has an account, and using what was stolen.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { get, post } from '../support/client.ts';
import { login, newCustomer } from '../support/people.ts';
import { architecture, shop } from '../support/shop.ts';
import { userRows } from './support/rows.ts';

const nobody = () => `nobody-${randomUUID()}@example.com`;
const guess = (email: string, headers?: Record<string, string>) => post('/api/auth/login', { email, password: 'a guess' }, undefined, headers);

/** Statuses of so many guesses in a row. */
async function guesses(count: number, email: string, headers?: (turn: number) => Record<string, string>): Promise<number[]> {
  const statuses: number[] = [];
  for (let turn = 0; turn < count; turn += 1) statuses.push((await guess(email, headers?.(turn))).status);
  return statuses;
}

/** CPU time of the program that checks passwords: work, whatever else the machine does. */
async function cpuSeconds(): Promise<number> {
  const door = architecture.isMonolith() ? shop.monolith() : shop.service('user');
  const text = await (await fetch(`${door}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)![1]);
}

async function cost(email: string): Promise<number> {
  const before = await cpuSeconds();
  await guesses(4, email);
  return (await cpuSeconds()) - before;
}

describe('who guesses a password', () => {
  const ten = Array(10).fill(401);

  it('may guess ten times, then also the right one is refused for a while', async () => {
    const { email, password } = await newCustomer();
    expect(await guesses(11, email)).toEqual([...ten, 429]);
    const refused = await post('/api/auth/login', { email, password });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('gains nothing by pretending to be many, or by writing the address another way', async () => {
    const { email } = await newCustomer();
    const disguises = (turn: number) => ({ 'x-forwarded-for': `203.0.113.${turn}`, 'x-real-ip': `203.0.113.${turn}`, forwarded: `for=203.0.113.${turn}` });
    expect(await guesses(11, email, disguises)).toEqual([...ten, 429]);
    expect((await guess(` ${email.toUpperCase()} `)).status).toBe(429);
  });
});

describe('who wants to know whether somebody has an account', () => {
  it('sees the same answers for one that there is and for one that there is not', async () => {
    const { email } = await newCustomer();
    const [known, unknown] = [await guess(email), await guess(nobody())];
    const visible = (answer: Awaited<ReturnType<typeof guess>>) => ({ status: answer.status, json: answer.json, names: [...answer.headers.keys()].sort() });
    expect(visible(known)).toEqual(visible(unknown));
  });

  it('is shut out alike, and shuts nobody else out', async () => {
    const other = await newCustomer();
    expect((await guesses(11, nobody())).at(-1)).toBe(429);
    expect((await login(other.email, other.password)).token).toBeTruthy();
  });

  it('makes the shop do about the same work', async () => {
    const { email } = await newCustomer();
    const [known, unknown] = [await cost(email), await cost(nobody())];
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});

describe('a refresh token', () => {
  it('that was stolen and used ends the session of thief and owner, and no other', async () => {
    const owner = await newCustomer();
    const elsewhere = await login(owner.email, owner.password);
    const refresh = (token: string) => post('/api/auth/refresh', { refresh_token: token });
    const thief = await refresh(owner.refreshToken);
    expect((await refresh(owner.refreshToken)).status).toBe(401);
    expect((await refresh(thief.json.refresh_token)).status).toBe(401);
    expect((await refresh(elsewhere.refreshToken)).status).toBe(200);
  });

  it('of a session that was logged out gives nothing, nor do its heirs', async () => {
    const owner = await newCustomer();
    const heir = (await post('/api/auth/refresh', { refresh_token: owner.refreshToken })).json.refresh_token;
    expect((await post('/api/auth/logout', { refresh_token: owner.refreshToken })).status).toBe(204);
    expect((await post('/api/auth/refresh', { refresh_token: heir })).status).toBe(401);
  });

  it('that nobody has is logged out as one that somebody has', async () => {
    expect((await post('/api/auth/logout', { refresh_token: randomUUID() })).status).toBe(204);
  });

  it('cannot be guessed, and is not to be found in the database', async () => {
    const { refreshToken, id } = await newCustomer();
    expect(Buffer.from(refreshToken, 'base64url').length).toBeGreaterThanOrEqual(32);
    const stored = await userRows('SELECT t.fingerprint FROM refresh_tokens t JOIN refresh_families f ON f.id = t.family_id WHERE f.user_id = $1', [id]);
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(refreshToken);
  });
});

describe('a password', () => {
  it('is stored as Argon2id only', async () => {
    const { id, password } = await newCustomer();
    const [stored] = await userRows('SELECT password_hash FROM users WHERE id = $1', [id]);
    expect(stored.password_hash).toMatch(/^\$argon2id\$v=19\$m=\d{4,},t=\d+,p=\d+\$/);
    expect(JSON.stringify(stored)).not.toContain(password);
  });

  it('is never cut: what comes after 72 bytes counts', async () => {
    const email = nobody();
    const password = 'long '.repeat(20);
    await post('/api/auth/register', { email, password: `${password}a`, full_name: 'Long' });
    expect((await post('/api/auth/login', { email, password: `${password}b` })).status).toBe(401);
    expect((await post('/api/auth/login', { email, password: `${password}a` })).status).toBe(200);
  });

  it('comes back in no answer', async () => {
    const person = await newCustomer();
    const answers = [await get('/api/auth/me', person.token), await guess(person.email), await post('/api/auth/register', { email: person.email, password: person.password, full_name: 'Again' })];
    for (const answer of answers) expect(answer.text).not.toMatch(/argon2|password_hash|a long enough password|a guess/);
  });
});
