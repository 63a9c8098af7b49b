import { config } from '../app/config';
import { pause } from './pause';
import { sessions } from './sessions';
import type { Architecture, Problem } from './types';

/** One call of the contract. `path` begins with a slash. */
export interface Call {
  path: string;
  /** Another server that takes the door's tokens; without it, the door itself. */
  host?: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  /** A checkout of the monolith may take long: it waits for the payment and the mail. */
  timeout_ms?: number;
}

export type Answer<T = unknown> =
  | { data: T; headers: Headers; error?: undefined }
  | { error: Problem; data?: undefined; headers?: undefined };

const patience_ms = 15_000;
const retries_max = 2;

/**
 * Sends a call to one of the two doors, with the token of whoever is signed in there. An access token that the
 * shop no longer takes is renewed once. Reading is repeated when the shop is away for a moment; writing never is:
 * that is the caller's decision.
 */
export async function send<T>(
  architecture: Architecture,
  call: Call,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  for (let attempt = 0; ; ++attempt) {
    const answer = await sendWithSession<T>(architecture, call, signal);
    const isWorthAnother = (call.method ?? 'GET') === 'GET' && answer.error && isPassing(answer.error);
    if (!isWorthAnother || attempt === retries_max || signal?.aborted) {
      return answer;
    }
    await pause(answer.error.retryAfter_s ? answer.error.retryAfter_s * 1000 : 300 * 2 ** attempt, signal);
  }
}

/** The raw response, for streams. Rejects when no answer comes. */
export async function open(architecture: Architecture, call: Call, signal: AbortSignal): Promise<Response> {
  const token = await sessions.accessToken(architecture);
  const response = await request(architecture, call, token, signal);
  if (response.status !== 401 || !token) {
    return response;
  }
  const renewed = await sessions.renewed(architecture, token);
  return renewed ? request(architecture, call, renewed, signal) : response;
}

async function sendWithSession<T>(
  architecture: Architecture,
  call: Call,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(call.timeout_ms ?? patience_ms);
  try {
    const response = await open(architecture, call, signal ? AbortSignal.any([signal, timeout]) : timeout);
    return response.ok
      ? { data: (await bodyOf(response)) as T, headers: response.headers }
      : { error: await problemOf(response) };
  } catch {
    return { error: { status: 0, title: timeout.aborted ? 'timeout' : 'unreachable', detail: '' } };
  }
}

function request(architecture: Architecture, call: Call, token: string | null, signal: AbortSignal) {
  const headers = new Headers(call.headers);
  if (token) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  const init: RequestInit = { method: call.method ?? 'GET', headers, signal };
  if (call.body !== undefined) {
    headers.set('Content-Type', 'application/json');
    init.body = JSON.stringify(call.body);
  }
  return fetch(`${call.host ?? config.doors[architecture] ?? ''}${call.path}`, init);
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter_s = Number(response.headers.get('Retry-After')) || undefined;
  let told: Partial<Problem> = {};
  try {
    told = (await response.json()) as Partial<Problem>;
  } catch {
    // Something between us and the shop has answered; its status has to do.
  }
  return { detail: '', ...told, status: response.status, ...(retryAfter_s ? { retryAfter_s } : {}) };
}

function isPassing(problem: Problem): boolean {
  return problem.title === 'unreachable' || (problem.status === 503 && (problem.retryAfter_s ?? 0) <= 2);
}
