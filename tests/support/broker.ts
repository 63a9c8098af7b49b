// RabbitMQ through its management API: a queue that sees every event of the shop.
import { randomUUID } from 'node:crypto';
import { shop } from './shop.ts';

async function api(method: string, path: string, body?: unknown): Promise<any> {
  const url = new URL(path, shop.rabbitmqApi());
  const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
  url.username = url.password = '';
  const response = await fetch(url, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`RabbitMQ answered ${response.status} to ${method} ${path}: ${await response.text()}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

export interface Heard {
  routingKey: string;
  properties: Record<string, any>;
  body: any;
}

/** Hears everything that is published to the events exchange from now on. */
export class Listener {
  private constructor(private readonly queue: string) {}

  static async start(): Promise<Listener> {
    const queue = `test-listener-${randomUUID()}`;
    await api('PUT', `/api/queues/%2F/${queue}`, { durable: false, auto_delete: false, arguments: { 'x-expires': 600_000 } });
    await api('POST', `/api/bindings/%2F/e/ecommerce_events/q/${queue}`, { routing_key: '#' });
    return new Listener(queue);
  }

  async heard(): Promise<Heard[]> {
    const messages = await api('POST', `/api/queues/%2F/${this.queue}/get`, { count: 1000, ackmode: 'ack_requeue_false', encoding: 'auto' });
    return messages.map((message: any) => ({ routingKey: message.routing_key, properties: message.properties, body: JSON.parse(message.payload) }));
  }

  stop(): Promise<void> {
    return api('DELETE', `/api/queues/%2F/${this.queue}`);
  }
}

export async function queues(): Promise<{ name: string; messages: number }[]> {
  return api('GET', '/api/queues');
}

/** Puts a message into a queue. */
export async function publish(queue: string, payload: string, properties: object): Promise<void> {
  const answer = await api('POST', '/api/exchanges/%2F/amq.default/publish', {
    routing_key: queue,
    payload,
    payload_encoding: 'string',
    properties,
  });
  if (!answer.routed) throw new Error(`no queue is called ${queue}`);
}

/** Throws away what was given up: the poison that a test has put there. */
export async function emptyDeadLetters(): Promise<void> {
  for (const { name, messages } of await queues()) {
    if (name.endsWith('.dlq') && messages > 0) await api('DELETE', `/api/queues/%2F/${name}/contents`);
  }
}
