// OWASP API8: requests that two readers could understand in two ways are refused by the first. What any HTTP server must refuse, too:
// contract/hostile.test.ts.
import { describe, expect, it } from 'vitest';
import { callService, sendBytes } from '../support/client.ts';
import { architecture } from '../support/shop.ts';

const post = (fields: string, rest: string) => `POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n${fields}\r\n\r\n${rest}`;
const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: shop\r\n\r\n';

const ambiguous: [string, string][] = [
  ['a length and chunks', post('Content-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`)],
  ['chunks and a length', post('Transfer-Encoding: chunked\r\nContent-Length: 4', `0\r\n\r\n${smuggled}`)],
  ['two equal lengths', post('Content-Length: 2\r\nContent-Length: 2', `{}${smuggled}`)],
  ['two different lengths', post('Content-Length: 0\r\nContent-Length: 45', smuggled)],
  ['two lengths in one line', post('Content-Length: 2, 2', `{}${smuggled}`)],
  ['a length with a sign', post('Content-Length: +2', `{}${smuggled}`)],
  ['a length in hexadecimal', post('Content-Length: 0x2', `{}${smuggled}`)],
  ['a length with a space in it', post('Content-Length: 2 2', `{}${smuggled}`)],
  ['an empty length', post('Content-Length:', smuggled)],
  ['a length and a gap before the colon', post('Content-Length : 2', `{}${smuggled}`)],
  ['chunks and a gap before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${smuggled}`)],
  ['chunks within chunks', post('Transfer-Encoding: chunked, chunked', `0\r\n\r\n${smuggled}`)],
  ['chunks, then something else', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${smuggled}`)],
  ['chunks, said twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity', `0\r\n\r\n${smuggled}`)],
  ['an encoding that only sounds like chunks', post('Transfer-Encoding: xchunked', `0\r\n\r\n${smuggled}`)],
  ['an encoding in quotes', post('Transfer-Encoding: "chunked"', `0\r\n\r\n${smuggled}`)],
  ['an encoding behind a vertical tab', post('Transfer-Encoding: \x0bchunked', `0\r\n\r\n${smuggled}`)],
  ['an encoding on a folded line', post('Transfer-Encoding:\r\n chunked', `0\r\n\r\n${smuggled}`)],
  ['a folded line', post('X-Folded: a\r\n b\r\nContent-Length: 0', smuggled)],
  ['lines that end with LF alone', `GET /health/live HTTP/1.1\nHost: shop\n\n${smuggled}`],
  ['one line that ends with LF alone', post('X-A: b\nContent-Length: 45\r\nX-C: d', smuggled)],
  ['a CR in a value', post('X-A: b\rContent-Length: 45', smuggled)],
  ['a NUL in a value', post('X-A: b\0c', smuggled)],
  ['a NUL in a name', post('X\0A: b', smuggled)],
  ['an empty name', post(': b', smuggled)],
  ['a chunk without a size', post('Transfer-Encoding: chunked', `\r\n${smuggled}`)],
  ['a chunk with a sign', post('Transfer-Encoding: chunked', `-1\r\n${smuggled}`)],
  ['a chunk that is larger than all memory', post('Transfer-Encoding: chunked', `fffffffffffffffff\r\n${smuggled}`)],
  ['a chunk that is longer than it says', post('Transfer-Encoding: chunked', `2\r\n{}}\r\n0\r\n\r\n${smuggled}`)],
  ['a chunk with LF alone', post('Transfer-Encoding: chunked', `2\n{}\n0\n\n${smuggled}`)],
  ['a chunk extension without end', post('Transfer-Encoding: chunked', `2;${'x'.repeat(40_000)}\r\n{}\r\n0\r\n\r\n${smuggled}`)],
  ['chunks in HTTP/1.0', `POST /api/auth/login HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
  ['no host', `GET /health/live HTTP/1.1\r\n\r\n${smuggled}`],
  ['two hosts', `GET /health/live HTTP/1.1\r\nHost: shop\r\nHost: other\r\n\r\n${smuggled}`],
  ['HTTP/2 without having agreed on it', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/0.9', `GET /health/live\r\n${smuggled}`],
  ['a version that is none', `GET /health/live HTTP/9.9\r\nHost: shop\r\n\r\n${smuggled}`],
  ['a space in a target', `GET /health /live HTTP/1.1\r\nHost: shop\r\n\r\n${smuggled}`],
  ['a fragment in a target', `GET /health/live#x HTTP/1.1\r\nHost: shop\r\n\r\n${smuggled}`],
];

describe('is refused once, and the connection ends', () => {
  it.each(ambiguous)('%s', async (_, bytes) => {
    const received = await sendBytes(bytes);
    const answers = [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
    expect(answers).toHaveLength(1);
    expect([400, 431, 501, 505]).toContain(answers[0]);
    expect(received).toMatch(/^Connection: close\r$/im);
    expect(received).not.toContain('smuggled');
  });
});

describe('is understood in one way', () => {
  it('a body behind a GET is the GET\'s, not the next request', async () => {
    const received = await sendBytes(`GET /health/live HTTP/1.1\r\nHost: shop\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}GET /health/live HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`);
    expect(received.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
    expect(received).not.toContain('smuggled');
  });

  it('a field named by Connection is not handed on: nobody takes the token away from a request', async () => {
    const received = await sendBytes('GET /api/auth/me HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer x\r\nConnection: close, Authorization\r\n\r\n');
    expect(received).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('trailers change nothing that was checked', async () => {
    const received = await sendBytes(post('Transfer-Encoding: chunked\r\nConnection: close', '2\r\n{}\r\n0\r\nAuthorization: Bearer x\r\nX-Request-Id: trailing\r\n\r\n'));
    expect(received).toMatch(/^HTTP\/1\.1 422 /);
    expect(received).not.toContain('trailing');
  });
});

describe.skipIf(architecture.isMonolith())('what the door passes on', () => {
  it('has one length and one host, whatever came in: a service sees a request as the door has understood it', async () => {
    const received = await sendBytes(post('Transfer-Encoding: chunked\r\nConnection: close', '2\r\n{}\r\n0\r\n\r\n'));
    expect(received).toMatch(/^HTTP\/1\.1 422 /);
    expect((await callService('user', 'POST', '/auth/login', '/api/auth/login', { body: {} })).status).toBe(422);
  });
});
