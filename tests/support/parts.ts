// Kills, stops, freezes and configures parts of the running shop. What is done for the time of a test is undone after it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Service, shop } from './shop.ts';
import { eventually } from './wait.ts';

function supervisorctl(...words: string[]): string {
  const config = `${shop.state()}/supervisord.conf`;
  try {
    return execFileSync('supervisorctl', ['-c', config, ...words], { encoding: 'utf8' });
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error); // `status` exits with 3 while a part is not running
  }
}

export function parts(): { name: string; pid: number }[] {
  return supervisorctl('status')
    .split('\n')
    .map((line) => /^(\S+)\s+RUNNING\s+pid (\d+)/.exec(line))
    .filter((match) => match !== null)
    .map((match) => ({ name: match[1]!, pid: Number(match[2]) }));
}

export function pidOf(part: string): number {
  const found = parts().find(({ name }) => name === part);
  if (!found) throw new Error(`no part is called ${part}: ${supervisorctl('status')}`);
  return found.pid;
}

export function isRunning(part: string): boolean {
  return parts().some(({ name }) => name === part);
}

/** SIGKILL, as a crash. Resumes when the supervisor runs the part again, under another pid. */
export async function kill(part: string): Promise<void> {
  const before = pidOf(part);
  process.kill(before, 'SIGKILL');
  await eventually(`${part} runs again`, async () => parts().some(({ name, pid }) => name === part && pid !== before), 60_000, 200);
}

/** The gateway's word on all services, their databases and the broker. */
async function isWhole(): Promise<boolean> {
  const answers = await Promise.all([fetch(`${shop.url()}/health`), fetch(`${shop.provider()}/health/ready`)]).catch(() => []);
  return answers.length > 0 && answers.every((answer) => answer.status === 200);
}

async function start(part: string): Promise<void> {
  supervisorctl('start', part);
  await eventually(`the shop is whole again, with ${part}`, isWhole, 60_000, 100);
}

/** Does `work` while a part is stopped. */
export async function without<T>(part: string, work: () => Promise<T>): Promise<T> {
  supervisorctl('stop', part);
  try {
    return await work();
  } finally {
    await start(part);
  }
}

/** Does `work` while a part takes connections and answers nothing. */
export async function frozen<T>(part: string, work: () => Promise<T>): Promise<T> {
  const pid = pidOf(part);
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
    await eventually(`the shop is whole again, with ${part}`, isWhole, 60_000, 100);
  }
}

function environmentOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** What a part was started with; nothing when it was left at its default. */
export function settingOf(part: string, name: string): string | undefined {
  return environmentOf(pidOf(part))[name];
}

function addressOf(part: string): string {
  if (part === 'gateway') return shop.url();
  if (part === 'monolith') return shop.monolith();
  return part === 'payment-provider' ? shop.provider() : shop.service(part.replace('-service', '') as Service);
}

/** It answers, and has its database if it keeps one; and the gateway has seen it. A broker may be missing. */
async function isThere(part: string): Promise<boolean> {
  const own = (await (await fetch(`${addressOf(part)}/health`)).json()) as any;
  if ((own.checks?.database ?? 'up') !== 'up') return false;
  if (part === 'monolith') return true;
  const seen = (await (await fetch(`${shop.url()}/health`)).json()) as any;
  return part === 'gateway' ? seen.status === 'ok' : seen.services[part.replace('-service', '')]?.status !== 'down';
}

/** Does `work` while a program of the shop's own (not a database or the like) runs with other settings: in its place, at its
 *  port, under no supervisor. */
export async function withSettings<T>(part: string, settings: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const env = { ...environmentOf(pidOf(part)), ...settings };
  supervisorctl('stop', part);
  const log = openSync(`${shop.state()}/logs/${part}.log`, 'a');
  const child = spawn(`${dirname(shop.command())}/${part.replaceAll('-', '_')}`, [], { env, stdio: ['ignore', log, log] });
  const ended = once(child, 'exit');
  const end = () => child.kill();
  process.once('exit', end);
  try {
    await eventually(`${part} runs with ${JSON.stringify(settings)}`, () => isThere(part).catch(() => false), 20_000, 50);
    return await work();
  } finally {
    end();
    await ended;
    process.off('exit', end);
    closeSync(log);
    await start(part);
  }
}
