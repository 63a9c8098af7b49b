import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { call, get } from '../support/client.ts';
import { departure, openapi } from '../support/openapi.ts';
import { admin } from '../support/people.ts';
import { repository, shop } from '../support/shop.ts';

describe('operations', () => {
  it('/health tells the real state of the parts', async () => {
    const answer = await get('/health');
    expect(answer.status).toBe(200);
  });

  it.each(['/health/live', '/health/ready'])('%s is 200', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  it('/metrics speaks the Prometheus format', async () => {
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.text).toMatch(/^# TYPE tandem_http_requests_total counter$/m);
    expect(answer.text).toMatch(/^tandem_http_request_duration_seconds_bucket\{.*le="\+Inf"\} \d+$/m);
  });

  it('/openapi.yaml is the contract that these tests use', async () => {
    const served = await (await fetch(`${shop.url()}/openapi.yaml`)).text();
    expect(parse(served)).toEqual(parse(readFileSync(`${repository}docs/api/openapi.yaml`, 'utf8')));
  });

  it('/docs is a page that names every path', async () => {
    const response = await fetch(`${shop.url()}/docs`);
    const page = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    for (const path of Object.keys(openapi.paths)) expect(page).toContain(path);
  });
});

describe('every route of the contract is there', () => {
  const routes = Object.entries(openapi.paths as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item).filter((key) => key !== 'parameters').map((method) => [method.toUpperCase(), path] as const),
  );

  let boss: string;
  let unknown: string;
  beforeAll(async () => {
    boss = await admin();
    unknown = (await get('/api/nothing-is-here')).json.detail;
  });

  // Signed in, so that each request gets past the gateway to the service, which must know the route, too.
  it.each(routes)('%s %s', async (method, path) => {
    const answer = await call(method, path.replace('{id}', '999999999'), { token: boss });
    expect(answer.status).not.toBe(405);
    expect(answer.status).not.toBe(401);
    if (answer.status === 404) expect(answer.json.detail, 'what an unknown path is answered with').not.toBe(unknown);
  });
});

describe('the client of these tests', () => {
  const answer = (status: number) => ({ status, headers: new Headers({ 'content-type': 'application/problem+json' }), text: '', json: { type: 'about:blank', title: 'Problem', status, detail: 'What went wrong.', instance: '/' } });

  it.each([429, 503, 504])('takes %s from any operation', (status) => {
    expect(departure('GET', '/api/cart', answer(status))).toBeUndefined();
  });

  it.each([402, 409, 418, 500, 502])('takes no %s that the operation does not list', (status) => {
    expect(departure('GET', '/api/cart', answer(status))).toContain('does not name');
  });

  it('takes no 500 outside the contract either', () => {
    expect(departure('GET', '/api/nothing-is-here', answer(404))).toBeUndefined();
    expect(departure('GET', '/api/nothing-is-here', answer(500))).toContain('is not in the contract');
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    fetch(`${shop.url()}/api/checkout`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,idempotency-key' },
    });

  it('lets the storefront in', async () => {
    const response = await preflight(shop.storefront());
    expect(response.headers.get('access-control-allow-origin')).toBe(shop.storefront());
    expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('idempotency-key');
  });

  it('lets nobody else in', async () => {
    expect((await preflight('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('security headers', () => {
  it('are on every answer', async () => {
    const answer = await get('/api/products');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
