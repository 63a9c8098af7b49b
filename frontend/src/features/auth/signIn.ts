import { send } from '../../api/door';
import { sessions } from '../../api/sessions';
import type { Architecture, Problem, Tokens, User } from '../../api/types';
import type { GuestLine } from '../cart/guestCart';

export interface Credentials {
  email: string;
  password: string;
}

/** Begins a session at a door. Gives the shop's complaint when it does not let in. */
export async function logIn(architecture: Architecture, credentials: Credentials): Promise<Problem | null> {
  const tokens = await send<Tokens>(architecture, {
    path: '/api/auth/login',
    method: 'POST',
    body: credentials,
  });
  if (tokens.error) {
    return tokens.error;
  }
  const headers = { Authorization: `Bearer ${tokens.data.access_token}` };
  const user = await send<User>(architecture, { path: '/api/auth/me', headers });
  if (user.error) {
    return user.error;
  }
  sessions.begin(architecture, user.data, tokens.data);
  return null;
}

/** Makes an account at a door and logs in. */
export async function register(
  architecture: Architecture,
  person: Credentials & { full_name: string },
): Promise<Problem | null> {
  const made = await send<User>(architecture, { path: '/api/auth/register', method: 'POST', body: person });
  return made.error ?? logIn(architecture, person);
}

/** Ends the session here at once; whether the shop hears of it does not matter to the customer. */
export async function logOut(architecture: Architecture): Promise<void> {
  const session = sessions.of(architecture);
  sessions.end(architecture, true);
  if (session) {
    const body = { refresh_token: session.refresh_token };
    await send(architecture, { path: '/api/auth/logout', method: 'POST', body });
  }
}

/** Puts what a guest has collected into the customer's cart. Gives the lines that the shop did not take. */
export async function mergeCart(architecture: Architecture, lines: GuestLine[]): Promise<GuestLine[]> {
  const refused: GuestLine[] = [];
  for (const line of lines) {
    const body = { product_id: line.product_id, quantity: line.quantity };
    const answer = await send(architecture, { path: '/api/cart/items', method: 'POST', body });
    if (answer.error) {
      refused.push(line);
    }
  }
  return refused;
}
