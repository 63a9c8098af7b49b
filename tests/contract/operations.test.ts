import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { call, get } from '../support/client.ts';
import { openapi } from '../support/openapi.ts';
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
  it.each(routes)('%s %s', async (method, path) => {
    const answer = await call(method, path.replace('{id}', '999999999'));
    expect([404, 405].includes(answer.status) && !path.includes('{id}')).toBe(false);
    expect(answer.status).not.toBe(405);
    expect(answer.status).toBeLessThan(500);
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    fetch(`${shop.url()}/api/checkout`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,idempotency-key' },
    });

  it('lets the storefront in', async () => {
    const response = await preflight('http://localhost:3000');
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
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
