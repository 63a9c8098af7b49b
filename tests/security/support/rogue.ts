// A server that answers as no honest one does.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface Asked {
  method: string;
  target: string;
  head: string;
  body: string;
}

export const whole = (status: number, body: string, fields = '') =>
  `HTTP/1.1 ${status} So\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${fields}\r\n${body}`;

/** Answers that no client must be harmed by; nothing: silence. */
export const rogueAnswers: Record<string, (elsewhere: string) => string | undefined> = {
  'a page instead of data': () => whole(201, '<html><body>It works!</body></html>'),
  'data of another kind': () => whole(201, '{"id":{"a":[1,2,3]},"charges":"none"}'),
  'data nested without end': () => whole(201, '['.repeat(100_000)),
  'more than anybody wants': () => whole(201, `{"id":"${'x'.repeat(20 * 1024 * 1024)}"}`),
  'a body that is cut off': () => whole(201, '{"id":"ch_1"}').slice(0, -5),
  'two lengths': () => 'HTTP/1.1 201 So\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}',
  'a length below zero': () => 'HTTP/1.1 201 So\r\nContent-Length: -5\r\n\r\n{}',
  'a head without end': () => `HTTP/1.1 201 So\r\nX-Long: ${'a'.repeat(1024 * 1024)}`,
  'no HTTP': () => 'SSH-2.0-OpenSSH_9.2\r\n\r\n',
  'the way to somebody else': (elsewhere) => whole(307, '', `Location: ${elsewhere}/v1/charges\r\n`),
  'the way to somebody else, for good': (elsewhere) => whole(308, '', `Location: ${elsewhere}/v1/charges\r\n`),
  'a status of its own': () => whole(299, '{}'),
  'an error with a secret in it': () => whole(500, '{"error":"password=hunter2 at /srv/provider.py"}'),
  'nothing at all': () => undefined,
};

function read(bytes: string): Asked | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.slice(0, end);
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  const body = bytes.slice(end + 4);
  if (Buffer.byteLength(body) < length) return undefined;
  const [method, target] = head.split(' ') as [string, string];
  return { method, target, head, body };
}

/** Serves until `work` has ended. `answer` gives the bytes of an answer, after which the connection ends. */
export async function withRogue<T>(answer: (asked: Asked) => string | undefined, work: (url: string) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let unread = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      unread += chunk.toString();
      const asked = read(unread);
      if (!asked) return;
      unread = '';
      const bytes = answer(asked);
      if (bytes !== undefined) socket.end(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  }
}
