// One of the two shops, as a customer and an administrator use it. Every answer is held against the contract.
import { callAt } from '../support/client.ts';
import type { Answer } from '../support/openapi.ts';
import { finalStates } from '../support/orders.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';

/** What an operation came to, in words that both shops share. */
export type Outcome = string;

export class Door {
  private administrator = '';

  constructor(
    readonly name: 'microservices' | 'monolith',
    private readonly url: string,
  ) {}

  async call(method: string, path: string, token?: string, body?: unknown): Promise<Answer> {
    return callAt(this.url, method, path, { token, body });
  }

  async login(email: string, password: string): Promise<string> {
    const answer = await this.call('POST', '/api/auth/login', undefined, { email, password });
    if (answer.status !== 200) throw new Error(`${this.name}: login of ${email} answered ${answer.status}`);
    return answer.json.access_token;
  }

  async register(email: string, password: string): Promise<Outcome> {
    return `${(await this.call('POST', '/api/auth/register', undefined, { email, password, full_name: 'A Customer' })).status}`;
  }

  async asAdmin(method: string, path: string, body?: unknown): Promise<Answer> {
    this.administrator ||= await this.login(shop.adminEmail(), shop.adminPassword());
    return this.call(method, path, this.administrator, body);
  }

  /** Checks out and waits for the end: "paid", or why not. */
  async buy(token: string, body: unknown): Promise<{ outcome: Outcome; order?: number }> {
    const answer = await this.call('POST', '/api/checkout', token, body);
    if (answer.status === 409) return { outcome: /out of stock/.test(answer.json.detail) ? 'out_of_stock' : `409 ${answer.json.detail}` };
    if (answer.status === 402) return { outcome: 'payment_declined' };
    if (answer.status !== 200) return { outcome: `${answer.status}` };
    const order = await this.settled(token, answer.json.id);
    return { outcome: order.status === 'failed' ? order.reason : order.status, order: answer.json.id };
  }

  async settled(token: string, order: number): Promise<any> {
    return eventually(`${this.name}: order ${order} ends`, async () => {
      const answer = await this.call('GET', `/api/orders/${order}`, token);
      return finalStates.includes(answer.json?.status) ? answer.json : undefined;
    });
  }
}
