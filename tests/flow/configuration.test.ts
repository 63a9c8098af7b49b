// Every program documents its configuration twice, and both say the same: --help and its .env.example.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { repository, shop } from '../support/shop.ts';

const programs: [string, string][] = [
  ['gateway', 'gateway'],
  ['payment_provider', 'payment-provider'],
  ['flight_recorder', 'flight-recorder'],
  ...['user', 'product', 'cart', 'order', 'payment', 'email'].map((name): [string, string] => [`${name}_service`, `services/${name}`]),
];

function names(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]!).sort();
}

it.each(programs)('%s', (program, folder) => {
  const help = execFileSync(`${dirname(shop.command())}/${program}`, ['--help'], { encoding: 'utf8' });
  const example = readFileSync(`${repository}${folder}/.env.example`, 'utf8');
  expect(names(example, /^#?([A-Z][A-Z0-9_]+)=/gm)).toEqual(names(help, /^ {2}([A-Z][A-Z0-9_]+) /gm));
});

it('docs/configuration.md lists what the programs and the command read', () => {
  const table = execFileSync(shop.command(), ['help', 'variables'], { encoding: 'utf8', env: { ...process.env, TANDEM_ROOT: repository } });
  expect(readFileSync(`${repository}docs/configuration.md`, 'utf8')).toBe(table);
});

it.each([
  ['order_service', 'ORDER_EXPIRY_MS'],
  ['payment_service', 'PROVIDER_TIMEOUT_MS'],
  ['gateway', 'REQUEST_TIMEOUT_MS'],
  ['user_service', 'LOGIN_WINDOW_MS'],
])('%s refuses a time of 0 for %s', (program, name) => {
  const run = () => execFileSync(`${dirname(shop.command())}/${program}`, [], { encoding: 'utf8', stdio: 'pipe', env: { [name]: '0' } });
  expect(run).toThrow(expect.objectContaining({ status: 2, stderr: expect.stringContaining(`${name} is '0'`) }));
});

it('a value that makes no sense is refused with every reason at once', () => {
  const run = () =>
    execFileSync(`${dirname(shop.command())}/order_service`, [], { encoding: 'utf8', stdio: 'pipe', env: { PORT: 'http', ORDER_EXPIRY_MS: '-1', LOG_LEVEL: 'loud' } });
  expect(run).toThrow(expect.objectContaining({ status: 2, stderr: expect.stringMatching(/PORT[^]*LOG_LEVEL[^]*DATABASE_URL[^]*ORDER_EXPIRY_MS/) }));
});
