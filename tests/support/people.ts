// Customers and the admin, signed in.
import { randomUUID } from 'node:crypto';
import { post } from './client.ts';
import { shop } from './shop.ts';

export interface Person {
  id: number;
  email: string;
  password: string;
  token: string;
  refreshToken: string;
}

export async function login(email: string, password: string): Promise<{ token: string; refreshToken: string }> {
  const answer = await post('/api/auth/login', { email, password });
  if (answer.status !== 200) throw new Error(`login of ${email} answered ${answer.status}: ${answer.text}`);
  return { token: answer.json.access_token, refreshToken: answer.json.refresh_token };
}

/** A customer that nobody else uses. */
export async function newCustomer(): Promise<Person> {
  const email = `customer-${randomUUID()}@example.com`;
  const password = 'a long enough password';
  const registered = await post('/api/auth/register', { email, password, full_name: 'Test Customer' });
  if (registered.status !== 201) throw new Error(`register answered ${registered.status}: ${registered.text}`);
  return { id: registered.json.id, email, password, ...(await login(email, password)) };
}

export async function admin(): Promise<string> {
  return (await login(shop.adminEmail(), shop.adminPassword())).token;
}
