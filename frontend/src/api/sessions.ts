import { config } from '../app/config';
import type { Architecture, Tokens, User } from './types';

/** Somebody who is signed in at one of the doors. */
export interface Session {
  user: User;
  access_token: string;
  refresh_token: string;
  /** By the browser's clock, in milliseconds since 1970. */
  expires_at_ms: number;
}

/** `isWished`: somebody has logged out, as opposed to a session that came to its end. */
type Listener = (architecture: Architecture, session: Session | null, isWished: boolean) => void;

const architectures: Architecture[] = ['microservices', 'monolith'];
const keyOf = (architecture: Architecture) => `tandem.session.${architecture}`;
/** A token that ends within this time is renewed before it is used. */
const margin_ms = 10_000;
/** A shop that does not answer must not hold the lock, and with it every tab. */
const renewal_ms = 10_000;

/**
 * The sessions of this browser, kept in its local storage, so that all tabs share them. A refresh token may be
 * spent only once (a second time revokes the whole family), so tabs take turns by the Web Locks API and whoever
 * comes second finds the new tokens.
 */
class Sessions {
  private listeners = new Set<Listener>();

  constructor() {
    window.addEventListener('storage', (event) => {
      for (const architecture of architectures) {
        if (event.key === null || event.key === keyOf(architecture)) {
          this.tell(architecture);
        }
      }
    });
  }

  of(architecture: Architecture): Session | null {
    try {
      return JSON.parse(localStorage.getItem(keyOf(architecture)) ?? 'null') as Session | null;
    } catch {
      return null;
    }
  }

  /** Called whenever somebody signs in or out, here or in another tab, and when tokens are renewed. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  begin(architecture: Architecture, user: User, tokens: Tokens): void {
    this.keep(architecture, withTokens(user, tokens));
  }

  end(architecture: Architecture, isWished = false): void {
    localStorage.removeItem(keyOf(architecture));
    this.tell(architecture, isWished);
  }

  /** Null for a guest. */
  async accessToken(architecture: Architecture): Promise<string | null> {
    const session = this.of(architecture);
    if (!session) {
      return null;
    }
    const isFresh = session.expires_at_ms - margin_ms > Date.now();
    return isFresh ? session.access_token : this.renewed(architecture, session.access_token);
  }

  /**
   * A token in place of `refused`, of the same person. Null when the shop does not renew it (then the session is
   * over), or when somebody has logged out or in meanwhile.
   */
  async renewed(architecture: Architecture, refused: string): Promise<string | null> {
    const whose = this.of(architecture)?.user.id;
    return await navigator.locks.request(keyOf(architecture), async () => {
      const session = this.of(architecture);
      if (!session || session.user.id !== whose) {
        return null;
      }
      if (session.access_token !== refused) {
        return session.access_token; // another tab was first
      }
      const response = await fetch(`${config.doors[architecture]}/api/auth/refresh`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ refresh_token: session.refresh_token }),
        signal: AbortSignal.timeout(renewal_ms),
      });
      const isStillThere = this.of(architecture)?.refresh_token === session.refresh_token;
      if (!isStillThere) {
        return null;
      }
      if (response.ok) {
        const next = withTokens(session.user, (await response.json()) as Tokens);
        this.keep(architecture, next);
        return next.access_token;
      }
      if (response.status === 401) {
        this.end(architecture);
        return null;
      }
      return refused; // the shop is busy or away, which is no reason to sign anybody out
    });
  }

  private keep(architecture: Architecture, session: Session): void {
    localStorage.setItem(keyOf(architecture), JSON.stringify(session));
    this.tell(architecture);
  }

  private tell(architecture: Architecture, isWished = false): void {
    const session = this.of(architecture);
    this.listeners.forEach((listener) => listener(architecture, session, isWished));
  }
}

function withTokens(user: User, tokens: Tokens): Session {
  return {
    user,
    access_token: tokens.access_token,
    refresh_token: tokens.refresh_token,
    expires_at_ms: Date.now() + tokens.expires_in * 1000,
  };
}

export const sessions = new Sessions();
