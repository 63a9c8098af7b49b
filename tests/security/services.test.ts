// OWASP API1 and API5 behind the gateway: each service checks the token and the owner itself, at its own port. The routes come from the
// gateway's table and from the list below of those that the gateway does not know.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { callService } from '../support/client.ts';
import { architecture, repository, type Service } from '../support/shop.ts';
import { type Caller, callers, expected, filled, makeWorld, type Rule, rules, world } from './support/access.ts';
import { internalRoutes } from './support/routes.ts';

interface Route {
  method: string;
  path: string;
  service: Service;
  target: string;
}
const table = JSON.parse(readFileSync(`${repository}gateway/routes.json`, 'utf8')) as Route[];

beforeAll(async () => {
  if (!architecture.isMonolith()) await makeWorld();
});

/** At the service the owner's id stands in the path, so that a stranger asks for somebody else's, and the admin may. */
function ruleAtService(route: Route): Rule {
  const rule = rules[`${route.method} ${route.path}`]!;
  return route.target.includes('{me}') ? { ...rule, stranger: 403, admin: rule.owner } : rule;
}

async function statusOf(service: Service, method: string, target: string, rule: Rule, caller: Caller): Promise<number> {
  const path = filled(target.replace('{me}', String(world.owner.id)), await rule.id?.()) + (rule.query ?? '');
  return (await callService(service, method, path, undefined, { token: world.tokens[caller], ...(rule.body ? { body: rule.body() } : {}) })).status;
}

async function statuses(service: Service, method: string, target: string, rule: Rule): Promise<Record<string, number>> {
  const got: Record<string, number> = {};
  for (const caller of callers) got[caller] = await statusOf(service, method, target, rule, caller);
  return got;
}

const wanted = (rule: Rule) => Object.fromEntries(callers.map((caller) => [caller, expected(rule, caller)]));

describe.skipIf(architecture.isMonolith())('each service lets in whom it should, and nobody else', () => {
  it.each(table.map((route) => [`${route.service}: ${route.method} ${route.target}`, route] as const))('%s', async (_, route) => {
    const rule = ruleAtService(route);
    expect(await statuses(route.service, route.method, route.target, rule)).toEqual(wanted(rule));
  });

  it.each(internalRoutes.map((route) => [`${route.service}: ${route.method} ${route.target}`, route] as const))('%s', async (_, route) => {
    expect(await statuses(route.service, route.method, route.target, route.rule)).toEqual(wanted(route.rule));
  });
});
