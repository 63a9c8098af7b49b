import type { Architecture } from '../api/types';

/** What the server of this page says about the world around it. */
export interface Config {
  /** Where the two shops are. One that does not run is null. */
  doors: Record<Architecture, string | null>;
  flightRecorder: string | null;
  mails: string | null;
  /** Only in the development profile. */
  testUser: { email: string; password: string } | null;
}

interface Served {
  microservices?: string | null;
  monolith?: string | null;
  flight_recorder?: string | null;
  mails?: string | null;
  test_user?: { email: string; password: string } | null;
}

export function readConfig(text: string): Config {
  const served = JSON.parse(text) as Served;
  return {
    doors: { microservices: served.microservices ?? null, monolith: served.monolith ?? null },
    flightRecorder: served.flight_recorder ?? null,
    mails: served.mails ?? null,
    testUser: served.test_user ?? null,
  };
}

export const config: Config = readConfig(document.getElementById('config')?.textContent ?? '{}');
