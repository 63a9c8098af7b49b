// ./tandem compare, whole and interrupted: whatever ends it, the world around the shops is given back.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isRunning, settingOf } from '../support/parts.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';

const patience = 180_000;
const unusual = { delay_ms: 7, jitter_ms: 3, failure_rate: 0, outage: false, lose_answer_rate: 0 };
let folder: string;
let usual: unknown;
let running: ChildProcess | undefined;

async function behaviour(change?: unknown): Promise<any> {
  const put = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(change) };
  return (await fetch(`${shop.provider()}/v1/behaviour`, change === undefined ? {} : put)).json();
}

/** Not with the defaults, but with what this shop runs with: so it has nothing to configure anew afterwards. */
function compare(...words: string[]): { ended: Promise<number>; output: () => string; interrupt: () => void } {
  const env = {
    ...process.env,
    ...shop.environment(),
    PAYMENT_DELAY_MS: settingOf('payment-provider', 'PAYMENT_DELAY_MS'),
    EMAIL_DELAY_MS: settingOf('monolith', 'EMAIL_DELAY_MS'),
  };
  const child = spawn(shop.command(), ['compare', '--out', folder, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'exit').then(([code]) => code as number);
  return { ended, output: () => output, interrupt: () => child.kill('SIGINT') };
}

beforeEach(async () => {
  await eventually('the shop runs', async () => ['payment-provider', 'monolith', 'mail'].every(isRunning), patience);
  folder = mkdtempSync(`${tmpdir()}/compare-`);
  usual = await behaviour();
  await behaviour(unusual);
});

afterEach(async () => {
  if (running?.exitCode === null) {
    running.kill('SIGINT');
    await once(running, 'exit');
  }
  rmSync(folder, { recursive: true });
  await behaviour(usual);
}, patience);

it('measures both shops, reports, and gives the provider back its behaviour', { timeout: patience }, async () => {
  const run = compare('--profile', 'fast', '--rate', '2', '--seconds', '2');
  expect(await run.ended, run.output()).toBe(0);
  const [load] = JSON.parse(readFileSync(`${folder}/compare.json`, 'utf8')).loads;
  expect(load.runs.map((each: any) => [each.architecture, each.confirmed, each.errors])).toEqual([
    ['microservices', 4, {}],
    ['monolith', 4, {}],
  ]);
  expect(readFileSync(`${folder}/report.html`, 'utf8')).toContain('"profile":"fast"');
  expect(run.output()).toContain('2 orders/s');
  expect(await behaviour()).toEqual(unusual);
});

it('gives back the provider when it is interrupted in its outage', { timeout: patience }, async () => {
  const run = compare('--profile', 'payment-outage', '--rate', '1', '--seconds', '12');
  await eventually('the outage begins', async () => (await behaviour().catch(() => undefined))?.outage, patience, 20);
  run.interrupt();
  expect(await run.ended, run.output()).toBe(130);
  expect(await behaviour()).toEqual(unusual);
  expect(run.output()).toContain('nothing is kept');
  expect(existsSync(`${folder}/compare.json`)).toBe(false);
});

it('gives back the mail catcher when it is interrupted in its outage', { timeout: patience }, async () => {
  const run = compare('--profile', 'mail-outage', '--rate', '1', '--seconds', '12');
  await eventually('the outage begins', async () => !isRunning('mail'), patience, 100);
  run.interrupt();
  expect(await run.ended, run.output()).toBe(130);
  expect(isRunning('mail')).toBe(true);
  expect(await behaviour()).toEqual(unusual);
});

it('keeps what both shops have played when it is interrupted later', { timeout: patience }, async () => {
  const run = compare('--profile', 'fast', '--rate', '2', '--rate', '1', '--seconds', '2');
  await eventually('the second load begins', async () => run.output().includes('1 orders/s'), patience, 20);
  run.interrupt();
  expect(await run.ended, run.output()).toBe(130);
  const kept = JSON.parse(readFileSync(`${folder}/compare.json`, 'utf8'));
  expect(kept.is_interrupted).toBe(true);
  expect(kept.loads.map((load: any) => load.load)).toEqual(['2 orders/s']);
  expect(await behaviour()).toEqual(unusual);
});
