/** For the pace of a test; what a test waits for is a condition: see `eventually`. */
export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, Math.max(ms, 0)));
}

/** Asks again and again until `probe` gives something; throws with `what` when it does not in time. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMs = 30_000,
  everyMs = 50,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await pause(everyMs);
  }
}
