import { randomUUID } from 'node:crypto';
import { publish } from './broker.ts';
import { rows } from './world.ts';

/** As if the consumer had given up a welcome to `email`, which nothing is wrong with. Gives the event's id. */
export async function giveUpAWelcome(isMonolith: boolean, email: string, error: string): Promise<string> {
  const id = randomUUID();
  const body = JSON.stringify({
    event_id: id,
    event_type: 'user.registered',
    version: 1,
    timestamp: new Date().toISOString(),
    user_id: 1,
    user_email: email,
    full_name: 'Somebody',
  });
  await (isMonolith ? keepAsDead(id, body, error) : publishAsDead(id, body, error));
  return id;
}

async function publishAsDead(id: string, body: string, error: string): Promise<void> {
  await publish('email_service_queue.dlq', body, {
    message_id: id,
    type: 'user.registered',
    content_type: 'application/json',
    delivery_mode: 2,
    headers: { 'x-error': error, 'x-original-routing-key': 'user.user.registered', 'x-attempt': 5 },
  });
}

async function keepAsDead(id: string, body: string, error: string): Promise<void> {
  await rows(
    'monolith',
    `INSERT INTO deliveries (queue, event_id, routing_key, event_type, body, traceparent, request_id, attempt, dead_at, error)
     VALUES ('email_service_queue', $1, 'user.user.registered', 'user.registered', $2, '', '', 5, now(), $3)`,
    [id, body, error],
  );
}
