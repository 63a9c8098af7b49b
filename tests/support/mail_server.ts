// A mail server that refuses every recipient for good: what the mail catcher never does.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

const replies: [RegExp, string][] = [
  [/^(EHLO|HELO)/i, '250 mail.test'],
  [/^(MAIL|RSET|NOOP)/i, '250 Fine'],
  [/^RCPT/i, '550 No such person here'],
  [/^QUIT/i, '221 Bye'],
];

function talk(socket: Socket): void {
  let unread = '';
  socket.write('220 mail.test\r\n');
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    const lines = (unread + chunk.toString('latin1')).split('\r\n');
    unread = lines.pop()!;
    for (const line of lines) socket.write(`${replies.find(([command]) => command.test(line))?.[1] ?? '502 Not known here'}\r\n`);
  });
}

/** Does `work` while such a server answers at the URL that `work` is given. */
export async function withRefusingMailServer(work: (url: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  }
}
