// OWASP API9: nothing is served that no document names. The sources tell which routes there are, the running shop which methods.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { call, callService, sendBytes } from '../support/client.ts';
import { openapi } from '../support/openapi.ts';
import { architecture, repository, type Service } from '../support/shop.ts';
import { operations } from './support/access.ts';
import { documents, internalRoutes, operationalRoutes } from './support/routes.ts';

const services: Service[] = ['user', 'product', 'cart', 'order', 'payment', 'email'];
const table = JSON.parse(readFileSync(`${repository}gateway/routes.json`, 'utf8')) as { method: string; path: string; service: string; target: string }[];

/** Every `Method::get, "/path"` of a folder's sources; a pattern that is a constant is looked up in its file. */
function routesIn(folder: string): string[] {
  const files = readdirSync(`${repository}${folder}`).filter((name) => name.endsWith('.cpp'));
  return files.flatMap((name) => {
    const text = readFileSync(`${repository}${folder}/${name}`, 'utf8');
    const constants = new Map([...text.matchAll(/constexpr auto (\w+) = "(\/[^"]*)"/g)].map((match) => [match[1]!, match[2]!]));
    return [...text.matchAll(/Method::(\w+),\s*(?:prefix \+ )?(?:"(\/[^"]*)"|(\w+), \[)/g)].map(([, method, path, constant]) => {
      const found = path ?? constants.get(constant!);
      if (found === undefined) throw new Error(`${folder}/${name}: which path is ${constant}?`);
      return `${method === 'del' ? 'DELETE' : method!.toUpperCase()} ${found}`;
    });
  });
}

/** Names of parameters say nothing: {me}, {user_id} and {id} are all one segment. */
const nameless = (route: string) => route.replaceAll(/\{[^}]+\}/g, '{}');

describe('the gateway\'s table', () => {
  it('holds what the contract holds, but for what every program serves by itself', () => {
    const served = [...table.map((route) => `${route.method} ${route.path}`), ...operationalRoutes.filter((route) => route !== 'GET /')];
    expect(served.sort()).toEqual([...operations].sort());
  });

  it('leads to no service\'s operational routes', () => {
    expect(table.filter((route) => operationalRoutes.includes(`${route.method} ${route.target}`))).toEqual([]);
  });
});

describe('the sources serve what the documents name, and nothing else', () => {
  it.each(services)('%s service', (service) => {
    const named = [
      ...table.filter((route) => route.service === service).map((route) => `${route.method} ${route.target}`),
      ...internalRoutes.filter((route) => route.service === service).map((route) => `${route.method} ${route.target}`),
    ];
    expect([...new Set(routesIn(`services/${service}/api`).map(nameless))].sort()).toEqual([...new Set(named.map(nameless))].sort());
  });

  it('every program', () => {
    expect(routesIn('libs/runtime').sort()).toEqual([...operationalRoutes].sort());
  });

  it('the doors, whose own routes are texts and the health of all', () => {
    expect(routesIn('gateway')).toEqual(['GET /health']);
    const texts = readFileSync(`${repository}gateway/gateway.cpp`, 'utf8').matchAll(/serve_text\("(\/[^"]*)"/g);
    expect([...texts].map((match) => `GET ${match[1]}`).sort()).toEqual(documents);
    expect(['monolith', 'monolith/modules', 'monolith/infrastructure'].flatMap(routesIn)).toEqual([]);
  });
});

/** What a path is served with, by its own word. */
async function methodsOf(ask: (method: string, path: string) => Promise<{ status: number; headers: Headers }>, path: string): Promise<string[]> {
  const answer = await ask('OPTIONS', path);
  expect(answer.status, path).toBe(405);
  return answer.headers.get('allow')!.split(', ').filter((method) => method !== 'HEAD');
}

describe('a path knows no other method than those of the contract', () => {
  it.each(Object.keys(openapi.paths))('%s', async (path) => {
    const named = operations.filter((operation) => operation.endsWith(` ${path}`)).map((operation) => operation.split(' ')[0]);
    expect((await methodsOf(call, path.replaceAll(/\{\w+\}/g, '1'))).sort()).toEqual(named.sort());
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'DEBUG', 'TRACK'])('nor %s at all', async (method) => {
    for (const target of ['/api/products', '127.0.0.1:22', 'http://127.0.0.1/']) {
      const answer = await sendBytes(`${method} ${target} HTTP/1.1\r\nHost: shop\r\nCookie: secret=1\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 (400|501) /);
      expect(answer).not.toContain('secret=1');
    }
  });
});

describe('what stands behind the door is not reached through it', () => {
  const inside = ['/products', '/orders', '/checkout', '/auth/login', '/users/1', '/cart/1', '/payments/1', '/notifications', '/v1/charges', '/v1/behaviour', '/v1/ledger', '/v1/traces'];
  const detours = ['/api/users/1', '/api/payments/1', '/api/cart/1', '/api/cart/1/purchases', '/api/orders/user/1', '/api/metrics', '/api/health', '/order/metrics'];
  const dots = ['/api/products/..%2f..%2fmetrics', '/api/products/../../metrics', '/api/products/%2e%2e/%2e%2e/users/1', '/api/orders/1%2f..%2fuser%2f1', '/api/orders/user%2f1', '/api;/products', '//metrics'];

  it.each([...inside, ...detours, ...dots])('%s', async (path) => {
    const answer = await sendBytes(`GET ${path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (401|404|422) /); // 401 and 422: /api/cart/..., whose one segment is no id
  });
});

describe.skipIf(architecture.isMonolith())('each service', () => {
  it.each(services)('%s: its own paths know no other methods', async (service) => {
    const routes = [...table.filter((route) => route.service === service).map(({ method, target }) => ({ method, target })), ...internalRoutes.filter((route) => route.service === service)];
    for (const { target } of routes) {
      const named = routes.filter((route) => nameless(route.target) === nameless(target)).map((route) => route.method);
      const path = target.replaceAll(/\{[^}]+\}/g, '1');
      const ask = (method: string, at: string) => callService(service, method, at, undefined);
      expect((await methodsOf(ask, path)).sort(), target).toEqual([...new Set(named)].sort());
    }
  });
});
