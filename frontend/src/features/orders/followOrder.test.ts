import { afterEach, expect, test, vi } from 'vitest';
import { followOrder, type News } from './followOrder';

afterEach(() => vi.unstubAllGlobals());

const event = (id: number, status: string) =>
  `id: ${id}\nevent: order\ndata: {"id":7,"status":"${status}"}\n\n`;

type Reply = { stream: string } | { status: string } | { code: number };

/** Replies in turn, each to a stream or a question; gives what was asked, with the id it began after. */
function shopReplies(...replies: Reply[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const after = new Headers(init.headers).get('Last-Event-ID');
    asked.push(`${url.split('/').at(-1)}${after ? ` after ${after}` : ''}`);
    const reply = replies[asked.length - 1];
    if (!reply || 'code' in reply) {
      return Promise.resolve(new Response('{}', { status: reply?.code ?? 500 }));
    }
    return Promise.resolve(
      'stream' in reply
        ? new Response(reply.stream)
        : new Response(JSON.stringify({ id: 7, status: reply.status })),
    );
  });
  return asked;
}

async function all(): Promise<News[]> {
  const news: News[] = [];
  for await (const each of followOrder('microservices', 7, new AbortController().signal)) {
    news.push(each);
  }
  return news;
}

const told = (news: News[]) => news.map(({ status, means }) => `${status.status} by ${means}`);

test('an order is followed by its stream until only a person can change it', async () => {
  const asked = shopReplies({ stream: event(1, 'pending') + event(2, 'processing') + event(3, 'paid') });
  expect(told(await all())).toEqual(['pending by stream', 'processing by stream', 'paid by stream']);
  expect(asked).toEqual(['stream']);
});

test('a stream that breaks off is taken up after the last event that was seen', async () => {
  const asked = shopReplies(
    { stream: event(1, 'pending') },
    { status: 'pending' },
    { stream: event(2, 'paid') },
  );
  expect(told(await all())).toEqual(['pending by stream', 'pending by polling', 'paid by stream']);
  expect(asked).toEqual(['stream', 'status', 'stream after 1']);
});

test('when no stream comes, the order is asked for', async () => {
  const asked = shopReplies({ code: 503 }, { status: 'pending' }, { code: 503 }, { status: 'paid' });
  expect(told(await all())).toEqual(['pending by polling', 'paid by polling']);
  expect(asked).toEqual(['stream', 'status', 'stream', 'status']);
});

test('whoever leaves the page is told nothing more', async () => {
  shopReplies({ stream: event(1, 'pending') }, { status: 'pending' });
  const leaving = new AbortController();
  const news: News[] = [];
  for await (const each of followOrder('microservices', 7, leaving.signal)) {
    news.push(each);
    leaving.abort();
  }
  expect(news.length).toBeLessThanOrEqual(1);
});
