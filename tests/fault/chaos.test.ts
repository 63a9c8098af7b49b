// ./tandem chaos: a seed's worth of faults breaks no promise at either door, and a promise that is not kept is found.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyDeadLetters } from '../support/broker.ts';
import { isRunning, settingOf } from '../support/parts.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';

const patience = 400_000;
let folder: string;
let running: ChildProcess | undefined;

/** With what this shop runs with, so that the outside world is not configured anew. */
function chaos(...words: string[]): { ended: Promise<number>; output: () => string; interrupt: () => void } {
  const env = {
    ...process.env,
    ...shop.environment(),
    PAYMENT_DELAY_MS: settingOf('payment-provider', 'PAYMENT_DELAY_MS'),
    EMAIL_DELAY_MS: settingOf('monolith', 'EMAIL_DELAY_MS'),
  };
  const child = spawn(shop.command(), ['chaos', '--out', folder, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'exit').then(([code]) => code as number);
  return { ended, output: () => output, interrupt: () => child.kill('SIGINT') };
}

function findings(): any {
  return JSON.parse(readFileSync(`${folder}/chaos.json`, 'utf8'));
}

function promises(): string[] {
  return readFileSync(`${folder}/promises.jsonl`, 'utf8').trimEnd().split('\n');
}

async function behaviour(): Promise<any> {
  return (await fetch(`${shop.provider()}/v1/behaviour`)).json();
}

beforeEach(async () => {
  await eventually('the shop runs', async () => ['payment-provider', 'monolith', 'mail', 'gateway'].every(isRunning), 60_000);
  folder = mkdtempSync(`${tmpdir()}/chaos-`);
});

afterEach(async () => {
  if (running?.exitCode === null) {
    running.kill('SIGINT');
    await once(running, 'exit');
  }
  rmSync(folder, { recursive: true });
  await emptyDeadLetters(); // poison stays where it was given up, as chaos and the auditor want to see it
}, patience);

it.each([
  ['microservices', 40, 13, 3],
  ['monolith', 25, 29, 3], // its database lives: after its death some keys are held for two minutes; its own crash tests kill it
])('keeps every promise of the %s through seeded faults', { timeout: patience }, async (architecture, seconds, seed, faults) => {
  const before = await behaviour();
  const run = chaos('--arch', architecture, '--seconds', `${seconds}`, '--seed', `${seed}`, '--rate', '8');
  expect(await run.ended, run.output()).toBe(0);
  const found = findings();
  expect(found.violations_found, run.output()).toBe(0);
  expect(found.faults.filter(({ problem }: any) => problem === '').length, run.output()).toBeGreaterThanOrEqual(faults);
  expect(found.totals.accepted).toBeGreaterThan(seconds);
  expect(promises().length).toBe(found.totals.accepted);
  expect(found.totals.unknown, run.output()).toBe(0);
  expect(existsSync(`${folder}/report.html`)).toBe(true);
  expect(await behaviour()).toEqual(before);
});

it('finds a promise that nobody kept', { timeout: patience }, async () => {
  const run = chaos('--seconds', '8', '--seed', '1', '--rate', '4', '--planted-promise');
  expect(await run.ended, run.output()).toBe(1);
  expect(run.output()).toContain('VIOLATED: order 999999999 was accepted and is not there');
});

it('gives the shop back when it is interrupted in a fault', { timeout: patience }, async () => {
  const before = await behaviour();
  const run = chaos('--seconds', '60', '--seed', '1', '--rate', '2');
  await eventually('a fault begins', async () => run.output().includes('begins: '), 60_000, 50);
  run.interrupt();
  expect(await run.ended, run.output()).toBe(130);
  expect((await fetch(`${shop.url()}/health`)).status).toBe(200);
  expect(await behaviour()).toEqual(before);
});
