// OWASP API8: what every answer says of itself, to browsers and to the curious.
import { describe, expect, it } from 'vitest';
import { sendBytes } from '../support/client.ts';
import { architecture, type Service, shop } from '../support/shop.ts';

/** Requests for which the door answers in each of the ways that it has. */
const answers: [number, string][] = [
  [200, 'GET /api/products HTTP/1.1\r\nHost: shop'],
  [200, 'GET /health HTTP/1.1\r\nHost: shop'],
  [200, 'GET /health/live HTTP/1.1\r\nHost: shop'],
  [200, 'GET /metrics HTTP/1.1\r\nHost: shop'],
  [200, 'GET /docs HTTP/1.1\r\nHost: shop'],
  [401, 'GET /api/cart HTTP/1.1\r\nHost: shop'],
  [404, 'GET /nothing HTTP/1.1\r\nHost: shop'],
  [405, 'DELETE /api/cart/items HTTP/1.1\r\nHost: shop'],
  [415, 'POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}'],
  [413, 'POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Length: 3145728'],
  [431, `GET /health HTTP/1.1\r\nHost: shop\r\nX-Long: ${'a'.repeat(40_000)}`],
  [400, 'GET /health HTTP/1.1\r\nHost: shop\r\nBad Name: 1'],
  [417, 'POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nExpect: wonders\r\nContent-Length: 2'],
];
/** No page can send these, and they are refused before the page's origin is read. */
const ofNoPage: [number, string][] = [
  [501, 'TRACE /health HTTP/1.1\r\nHost: shop'],
  [505, 'GET /health HTTP/3.0\r\nHost: shop'],
];

/** The head of the answer; `extra` is put right behind the request line, before anything can be refused. */
async function headOf(request: string, extra: string): Promise<string> {
  const end = request.indexOf('\r\n') + 2;
  const whole = request.includes('\r\n\r\n') ? request : `${request}\r\n\r\n`;
  const received = await sendBytes(`${whole.slice(0, end)}Connection: close\r\n${extra}${whole.slice(end)}`);
  return received.slice(0, received.indexOf('\r\n\r\n'));
}

const firstLine = (request: string) => request.slice(0, request.indexOf('\r\n'));

describe.each(answers)('an answer %i', (status, request) => {
  it(`can be read by the storefront's page, and by no other: ${firstLine(request)}`, async () => {
    const allowed = await headOf(request, `Origin: ${shop.storefront()}\r\n`);
    expect(allowed).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(allowed).toMatch(new RegExp(`^Access-Control-Allow-Origin: ${shop.storefront()}\r?$`, 'm'));
    expect(allowed.match(/^Vary: Origin\r?$/gm)).toHaveLength(1);
    for (const origin of ['http://evil.example', 'null', `${shop.storefront()}.evil.example`, `${shop.storefront()}0`]) {
      expect(await headOf(request, `Origin: ${origin}\r\n`)).not.toContain('Access-Control-Allow');
    }
  });
});

describe.each([...answers, ...ofNoPage])('an answer %i', (status, request) => {
  it(`tells browsers not to guess, frame or keep it, and nobody what it was made with: ${firstLine(request)}`, async () => {
    const head = await headOf(request, '');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^X-Content-Type-Options: nosniff\r?$/m);
    expect(head).toMatch(/^X-Frame-Options: DENY\r?$/m);
    expect(head).toMatch(/^Referrer-Policy: no-referrer\r?$/m);
    expect(head).toMatch(/^Cache-Control: (no-store|max-age=300|no-cache|private.*)\r?$/m);
    expect(head).not.toMatch(/^(Server|X-Powered-By|Via|X-AspNet-Version|Set-Cookie):/im);
  });
});

describe('no origin', () => {
  it('is let in as every origin, or with credentials', async () => {
    for (const origin of [shop.storefront(), 'http://evil.example']) {
      const head = await headOf('OPTIONS /api/checkout HTTP/1.1\r\nHost: shop', `Origin: ${origin}\r\nAccess-Control-Request-Method: POST\r\n`);
      expect(head).toMatch(/^HTTP\/1\.1 204 /);
      expect(head).not.toMatch(/Access-Control-Allow-Origin: \*|Access-Control-Allow-Credentials/);
      expect(head.match(/^Vary: Origin\r?$/gm)).toHaveLength(1);
    }
  });
});

describe('what the public can see', () => {
  const paths = ['/health', '/health/live', '/health/ready', '/docs', '/openapi.yaml', '/api/nothing'];

  it.each(paths)('%s names no address, file or person of the inside', async (path) => {
    const text = await (await fetch(shop.url() + path)).text();
    const withoutContract = text.replaceAll(/http:\/\/localhost:(9000|8000)/g, '');
    expect(withoutContract).not.toMatch(/\d+\.\d+\.\d+\.\d+|postgres(ql)?:\/\/|amqp:\/\/|redis:\/\/|localhost:|@example|\.cpp|\/work\/|\/home\/|\/root\//);
  });

  it('/metrics counts, and names nobody and no secret', async () => {
    const text = await (await fetch(`${shop.url()}/metrics`)).text();
    expect(text).not.toMatch(/:\/\/|@|password=|eyJ|user_id|order_id|traceparent/);
  });

  it('a failure inside says nothing about the inside', async () => {
    for (const target of ['/api/orders/%ff', '/api/products/%00', '/api/products?q=%ff%fe', '/api/products?sort=;drop', '/api/products?limit=%27']) {
      const text = await (await fetch(shop.url() + target)).text();
      expect(text).not.toMatch(/std::|exception|boost|libpq|SQLSTATE|syntax error|stack|\.cpp|\.hpp|SELECT|pg_/i);
    }
  });
});

describe.skipIf(architecture.isMonolith())('each service', () => {
  it.each(['user', 'product', 'cart', 'order', 'payment', 'email'] as Service[])('%s: lets no page call it, and keeps the same headers', async (service) => {
    const answer = await fetch(`${shop.service(service)}/health`, { headers: { origin: shop.storefront() } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('server')).toBeNull();
  });
});
