// Talks to the shop. Every answer is held against the contract, whatever a test looks at itself.
import { connect } from 'node:net';
import { type Answer, departure } from './openapi.ts';
import { type Service, shop } from './shop.ts';

export interface Options {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

export class ContractError extends Error {}

export async function call(method: string, path: string, options: Options = {}): Promise<Answer> {
  return callAt(shop.url(), method, path, options);
}

/** The same at another door. */
export async function callAt(door: string, method: string, path: string, options: Options = {}): Promise<Answer> {
  const answer = await exchange(door, method, path, options);
  return kept(answer, departure(method, path, answer));
}

/** Asks a service at its own port. `contract` is a public path whose answers it must give; without one, only an answer's ids are
 *  looked at, and whether it is the service's fault. */
export async function callService(service: Service, method: string, path: string, contract: string | undefined, options: Options = {}): Promise<Answer> {
  const answer = await exchange(shop.service(service), method, path, options);
  const fault = answer.status >= 500 ? `${service}: ${method} ${path} answered ${answer.status}: ${answer.text}` : undefined;
  return kept(answer, contract === undefined ? fault : departure(method, contract, answer));
}

function kept(answer: Answer, problem: string | undefined): Answer {
  const why = problem ?? missingIds(answer);
  if (why) throw new ContractError(why);
  return answer;
}

async function exchange(base: string, method: string, path: string, options: Options): Promise<Answer> {
  const headers: Record<string, string> = { ...options.headers };
  if (options.token) headers.authorization = `Bearer ${options.token}`;
  let body: string | Uint8Array | undefined = options.raw;
  if (options.body !== undefined) body = JSON.stringify(options.body);
  if (body !== undefined && !('content-type' in headers)) headers['content-type'] = 'application/json';

  const response = await fetch(base + path, { method, headers, ...(body === undefined ? {} : { body: body as BodyInit }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(response, text) };
}

function parsed(response: Response, text: string): any {
  return (response.headers.get('content-type') ?? '').includes('json') && text !== '' ? JSON.parse(text) : undefined;
}

function missingIds(answer: Answer): string | undefined {
  if (!answer.headers.get('x-request-id')) return 'an answer has no X-Request-Id';
  return /^[0-9a-f]{32}$/.test(answer.headers.get('x-trace-id') ?? '') ? undefined : 'an answer has no X-Trace-Id';
}

export const get = (path: string, token?: string, headers?: Record<string, string>) =>
  call('GET', path, { token, ...(headers ? { headers } : {}) });
export const post = (path: string, body: unknown, token?: string, headers?: Record<string, string>) =>
  call('POST', path, { body, token, ...(headers ? { headers } : {}) });
export const put = (path: string, body: unknown, token?: string) => call('PUT', path, { body, token });
export const patch = (path: string, body: unknown, token?: string) => call('PATCH', path, { body, token });
export const del = (path: string, token?: string) => call('DELETE', path, { token });

/** Sends bytes as they are over a fresh connection and gives what comes back until the peer closes or `quietMs` pass. */
export function sendBytes(bytes: string | Uint8Array, quietMs = 3_000): Promise<string> {
  const { hostname, port } = new URL(shop.url());
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let received = '';
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error)));
    socket.on('close', () => resolve(received));
  });
}
