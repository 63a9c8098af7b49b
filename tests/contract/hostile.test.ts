// Input that no honest client sends gets a clear answer, and the shop goes on.
import { beforeAll, describe, expect, it } from 'vitest';
import { call, get, sendBytes } from '../support/client.ts';
import { newCustomer, type Person } from '../support/people.ts';
import { shop } from '../support/shop.ts';

let customer: Person;
beforeAll(async () => {
  customer = await newCustomer();
});

const targets: [string, string][] = [
  ['POST', '/api/auth/register'],
  ['POST', '/api/auth/login'],
  ['POST', '/api/cart/items'],
  ['POST', '/api/checkout'],
];

describe.each(targets)('%s %s', (method, path) => {
  const send = (raw: string | Uint8Array, headers: Record<string, string> = {}) => call(method, path, { raw, token: customer.token, headers });

  it.each([
    ['truncated', '{"email": "a'],
    ['not JSON', 'email=a&password=b'],
    ['trailing garbage', '{} x'],
    ['nested 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['nested in an object', '{"a":'.repeat(2_000) + '1' + '}'.repeat(2_000)],
    ['a lone surrogate', '{"email":"\\ud800"}'],
    ['a bad literal in an unknown member', '{"x": tru}'],
  ])('is 400 for %s', async (_, raw) => {
    expect((await send(raw)).status).toBe(400);
  });

  it('is 400 for bytes that are not UTF-8', async () => {
    expect((await send(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))).status).toBe(400);
  });

  it.each(['[]', '"text"', '42'])('is an error for %s where an object is wanted', async (raw) => {
    expect([400, 422]).toContain((await send(raw)).status);
  });

  it('is 413 for 3 MiB', async () => {
    const answer = await send(JSON.stringify({ email: 'a'.repeat(3 * 1024 * 1024) })).catch((error: Error) => error);
    // The server may close while the client still writes: then the client sees a reset instead of the answer.
    if (!(answer instanceof Error)) expect(answer.status).toBe(413);
  });

  it('is 415 for another content type', async () => {
    expect((await send('{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

it('answers 413 on the wire for a body announced as too large', async () => {
  const head = `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3145728\r\n\r\n`;
  expect(await sendBytes(head)).toMatch(/^HTTP\/1\.1 413 /);
});

it('answers 405 with Allow for another method', async () => {
  const answer = await call('DELETE', '/api/auth/login');
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toMatch(/POST/);
});

it.each(['/api/nothing', '/', '/api', '/api/products/1/2/3/4', '/..%2f..%2fetc/passwd', '/api//products'])('answers 404 for %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

describe('on the wire', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['two lengths', 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x'],
    ['length and chunked together', 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a negative length', 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    ['a bad chunk size', 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a space in a field name', 'GET /health HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n'],
  ])('%s is 400 and the connection ends', async (_, bytes) => {
    expect(await sendBytes(bytes)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('a head beyond the limit is 431', async () => {
    expect(await sendBytes(`GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(64 * 1024)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('pipelined requests are answered in order', async () => {
    const one = (path: string, extra = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${extra}\r\n`;
    const received = await sendBytes(one('/health/live') + one('/api/nothing') + one('/health/live', 'Connection: close\r\n'));
    expect([...received.matchAll(/HTTP\/1\.1 (\d+) /g)].map((match) => match[1])).toEqual(['200', '404', '200']);
  });

  it('a request id that is no plain token is replaced', async () => {
    const answer = await get('/health/live', undefined, { 'x-request-id': 'a b<script>' });
    expect(answer.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._-]+$/);
    expect((await get('/health/live', undefined, { 'x-request-id': 'mine-1' })).headers.get('x-request-id')).toBe('mine-1');
  });
});

it('still serves afterwards', async () => {
  expect((await fetch(`${shop.url()}/health/ready`)).status).toBe(200);
});
