import { beforeEach, expect, test, vi } from 'vitest';
import { attemptFor, isResumable, openAttempt, place } from './attempt';

const body = { items: [{ product_id: 1, quantity: 1, price: '20.00' }] };
const atOnce = () => Promise.resolve();

/** Answers of the shop, in turn; "lost" is none. Gives what was sent. */
function shopAnswers(...answers: (number | 'lost')[]): { key: string | null; body: string }[] {
  const sent: { key: string | null; body: string }[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    sent.push({ key: new Headers(init.headers).get('Idempotency-Key'), body: String(init.body) });
    const answer = answers[sent.length - 1];
    if (answer === undefined || answer === 'lost') {
      return Promise.reject(new TypeError('failed to fetch'));
    }
    const json = answer < 300 ? { id: 7 } : { status: answer, detail: 'No.' };
    return Promise.resolve(new Response(JSON.stringify(json), { status: answer }));
  });
  return sent;
}

beforeEach(() => localStorage.clear());

test('whoever wishes the same again sends the same key, and another wish has another', () => {
  const first = attemptFor('microservices', 1, body);
  expect(attemptFor('microservices', 1, body).key).toBe(first.key);
  expect(attemptFor('microservices', 1, { ...body, payment_method: 'paypal' }).key).not.toBe(first.key);
});

test('an attempt belongs to one customer at one door', () => {
  attemptFor('microservices', 1, body);
  expect(openAttempt('microservices', 2)).toBeNull();
  expect(openAttempt('monolith', 1)).toBeNull();
  expect(openAttempt('microservices', 1)).not.toBeNull();
});

test('a lost answer is asked for again with the same key and body, and then the attempt is over', async () => {
  const sent = shopAnswers('lost', 503, 200);
  const outcome = await place('microservices', attemptFor('microservices', 1, body), atOnce);
  expect(outcome).toMatchObject({ kind: 'ordered', order: { id: 7 } });
  expect(sent).toHaveLength(3);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  expect(new Set(sent.map((each) => each.body)).size).toBe(1);
  expect(openAttempt('microservices', 1)).toBeNull();
});

test('while it is unknown whether it was bought, the attempt stays open', async () => {
  shopAnswers();
  const attempt = attemptFor('microservices', 1, body);
  expect(await place('microservices', attempt, atOnce)).toMatchObject({ kind: 'unanswered' });
  expect(openAttempt('microservices', 1)).toMatchObject({ key: attempt.key, sent_at_ms: expect.any(Number) });
});

test.each([400, 402, 403, 409, 422])(
  'after %i nothing was bought: the next attempt has a new key',
  async (status) => {
    shopAnswers(status);
    const attempt = attemptFor('microservices', 1, body);
    expect(await place('microservices', attempt, atOnce)).toMatchObject({ kind: 'refused' });
    expect(attemptFor('microservices', 1, body).key).not.toBe(attempt.key);
  },
);

test('a conflict that says when to ask again is the first request, still being worked on', async () => {
  let requests = 0;
  vi.stubGlobal('fetch', () => {
    const isFirst = ++requests === 1;
    const json = isFirst ? { status: 409, detail: 'Still being worked on.' } : { id: 7 };
    const headers: HeadersInit = isFirst ? { 'Retry-After': '1' } : {};
    return Promise.resolve(new Response(JSON.stringify(json), { status: isFirst ? 409 : 200, headers }));
  });
  const outcome = await place('microservices', attemptFor('microservices', 1, body), atOnce);
  expect(outcome.kind).toBe('ordered');
});

test('whoever is logged in when it is sent again, it is bought for the customer who wished it', async () => {
  const sent = shopAnswers(200);
  await place('microservices', attemptFor('microservices', 1, body), atOnce);
  expect(JSON.parse(sent[0]!.body)).toMatchObject({ user_id: 1 });
});

test('only an attempt of the last minutes is taken up without being asked', () => {
  const attempt = attemptFor('microservices', 1, body);
  expect(isResumable(attempt)).toBe(false);
  expect(isResumable({ ...attempt, sent_at_ms: Date.now() - 1000 })).toBe(true);
  expect(isResumable({ ...attempt, sent_at_ms: Date.now() - 600_000 })).toBe(false);
});

test('an attempt that somebody has spoilt in the browser counts as none', () => {
  localStorage.setItem('tandem.checkout.microservices', '{');
  expect(openAttempt('microservices', 1)).toBeNull();
});
