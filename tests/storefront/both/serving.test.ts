import { expect, test } from '../support/shopping.ts';

test('the page may run nothing but its own scripts, and call nothing but the two doors', async ({ request }) => {
  const answer = await request.get('/');
  const policy = answer.headers()['content-security-policy']!;
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(answer.headers()['x-content-type-options']).toBe('nosniff');
});

test('any address of the shop is the page, with its settings put in', async ({ request }) => {
  for (const path of ['/', '/orders/17', '/products/1?from=mail']) {
    const answer = await request.get(path);
    expect(answer.status()).toBe(200);
    expect(answer.headers()['cache-control']).toBe('no-cache');
    const settings = /<script type="application\/json" id="config">([^<]*)<\/script>/.exec(await answer.text());
    expect(JSON.parse(settings![1]!)).toMatchObject({ microservices: expect.stringMatching(/^http/), monolith: expect.stringMatching(/^http/) });
  }
});

test('what never changes is kept by browsers for good, and comes compressed', async ({ request }) => {
  const script = /\/assets\/[^"]+\.js/.exec(await (await request.get('/')).text())![0];
  const answer = await request.get(script, { headers: { 'accept-encoding': 'gzip' } });
  expect(answer.headers()['cache-control']).toContain('immutable');
  expect(answer.headers()['content-encoding']).toBe('gzip');
});

test('what is not there is not the page', async ({ request }) => {
  for (const path of ['/assets/none.js', '/img/none.svg']) {
    expect((await request.get(path)).status()).toBe(404);
  }
});
