// Where the shop under test is. `./tandem test` sets these; the defaults fit `./tandem up`.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

function fromFile(): Record<string, string> {
  const file = process.env.TANDEM_SHOP_ENV ?? `${process.env.TANDEM_STATE ?? `${repository}.tandem/shop`}/shop.env`;
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, 'utf8').split('\n');
  return Object.fromEntries(
    lines
      .map((line) => /^([A-Z0-9_]+)=(.*)$/.exec(line.trim()))
      .filter((match) => match !== null)
      .map((match) => [match[1]!, match[2]!]),
  );
}

const file = fromFile();

export type Service = 'order' | 'payment' | 'email' | 'product' | 'user' | 'cart';
export type Keeper = Exclude<Service, 'email'> | 'monolith'; // of a database

function setting(name: string, fallback?: string): string {
  const value = process.env[name] ?? file[name] ?? fallback;
  if (value === undefined) {
    throw new Error(`${name} is not set: run the tests with ./tandem test, or start the shop with ./tandem up first.`);
  }
  return value;
}

export const shop = {
  url: () => setting('TANDEM_GATEWAY_URL', 'http://127.0.0.1:9000'),
  monolith: () => setting('TANDEM_MONOLITH_URL', 'http://127.0.0.1:8000'),
  storefront: () => setting('TANDEM_STOREFRONT_URL', 'http://127.0.0.1:3000'),
  provider: () => setting('TANDEM_PROVIDER_URL', 'http://127.0.0.1:8100'),
  flightRecorder: () => setting('TANDEM_FLIGHT_RECORDER_URL', 'http://127.0.0.1:4318'),
  mail: () => setting('TANDEM_MAIL_URL', 'http://127.0.0.1:8026'),
  /** The `tandem` program; the shop's other programs lie beside it. */
  command: () => setting('TANDEM_COMMAND', `${repository}build/release/bin/tandem`),
  /** What that program needs to find this shop. */
  environment: () => ({ ...file, TANDEM_ROOT: repository }),
  state: () => setting('TANDEM_STATE', `${repository}.tandem/shop`),
  adminEmail: () => setting('TANDEM_ADMIN_EMAIL'),
  adminPassword: () => setting('TANDEM_ADMIN_PASSWORD'),
  database: (service: Keeper) => setting(`TANDEM_${service.toUpperCase()}_DATABASE_URL`),
  service: (name: Service) => setting(`TANDEM_${name.toUpperCase()}_URL`),
  rabbitmq: () => setting('TANDEM_RABBITMQ_URL', 'amqp://ecommerce:ecommerce123@127.0.0.1:5672'),
  rabbitmqApi: () => setting('TANDEM_RABBITMQ_API_URL', 'http://ecommerce:ecommerce123@127.0.0.1:15672'),
};

/** Differences that the contract names between the two architectures. */
const isMonolith = () => setting('TANDEM_UNDER_TEST', 'microservices') === 'monolith';

export const architecture = {
  isMonolith,
  addToCartStatus: () => (isMonolith() ? 201 : 200),
  checkoutStatus: () => 200,
  /** The state of an order in the answer to a checkout. */
  statusAtCheckout: () => (isMonolith() ? 'paid' : 'pending'),
};
