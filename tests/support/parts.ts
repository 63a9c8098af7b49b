// Kills parts of the running shop. Its supervisor starts them again.
import { execFileSync } from 'node:child_process';
import { shop } from './shop.ts';
import { eventually } from './wait.ts';

function supervisorctl(...words: string[]): string {
  const config = `${shop.state()}/supervisord.conf`;
  try {
    return execFileSync('supervisorctl', ['-c', config, ...words], { encoding: 'utf8' });
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error); // `status` exits with 3 while a part is not running
  }
}

/** The name a part has in its group: "apps:order-service". */
export function parts(): { name: string; pid: number }[] {
  return supervisorctl('status')
    .split('\n')
    .map((line) => /^(\S+)\s+RUNNING\s+pid (\d+)/.exec(line))
    .filter((match) => match !== null)
    .map((match) => ({ name: match[1]!, pid: Number(match[2]) }));
}

export function pidOf(part: string): number {
  const found = parts().find(({ name }) => name === part || name.endsWith(`:${part}`));
  if (!found) throw new Error(`no part is called ${part}: ${supervisorctl('status')}`);
  return found.pid;
}

/** SIGKILL, as a crash. Resumes when the supervisor runs the part again, under another pid. */
export async function kill(part: string): Promise<void> {
  const before = pidOf(part);
  process.kill(before, 'SIGKILL');
  await eventually(`${part} runs again`, async () => parts().some(({ name, pid }) => (name === part || name.endsWith(`:${part}`)) && pid !== before), 60_000, 200);
}
