// Who may call what: one line for each operation of the contract, with the status that each caller must get.
import { newProduct } from '../../support/catalog.ts';
import { get, post } from '../../support/client.ts';
import { openapi } from '../../support/openapi.ts';
import { buy, settled } from '../../support/orders.ts';
import { admin, newCustomer, type Person } from '../../support/people.ts';
import { architecture } from '../../support/shop.ts';
import { eventually } from '../../support/wait.ts';
import { forgedAdmin } from './forging.ts';

/** Refused callers come first, so that what the last ones do to an object is not in their way. */
export const callers = ['anonymous', 'forged', 'stranger', 'owner', 'admin'] as const;
export type Caller = (typeof callers)[number];

/** Statuses. `forged` is whoever shows an administrator's token that the shop did not sign: it counts as none. */
type Verdicts = Record<Exclude<Caller, 'forged'>, number>;

export interface Rule extends Verdicts {
  /** What `{id}`, or another parameter, stands for; made for each call when it is one that the call uses up. */
  id?: () => number | string | Promise<number>;
  query?: string;
  body?: () => unknown;
}

export interface World {
  tokens: Record<Caller, string>;
  owner: Person;
  product: number;
  order: number;
}
export let world: World;

export async function makeWorld(): Promise<void> {
  const [boss, owner, stranger] = [await admin(), await newCustomer(), await newCustomer()];
  const product = (await newProduct(boss, '7.00', 1_000)).id;
  const tokens = { anonymous: '', forged: forgedAdmin(owner.token), stranger: stranger.token, owner: owner.token, admin: boss };
  world = { tokens, owner, product, order: 0 };
  world.order = await paidOrder();
  await eventually('the order is told of', async () => (await get('/api/notifications', owner.token)).json.length > 0);
}

const purchase = () => [{ product_id: world.product, quantity: 1 }];
const paidOrder = async () => (await settled((await buy(world.tokens.owner, purchase())).id, world.tokens.owner)).id as number;
const freshProduct = async () => (await newProduct(world.tokens.admin, '7.00', 1)).id;
const notification = async () => (await get('/api/notifications', world.tokens.owner)).json[0].id as number;
const cartItem = async () => (await post('/api/cart/items', { product_id: world.product }, world.tokens.owner)).json.items[0].id as number;

const alike = (status: number): Verdicts => ({ anonymous: status, stranger: status, owner: status, admin: status });
const signedIn = (status: number): Verdicts => ({ ...alike(status), anonymous: 401 });
const onlyAdmin = (status: number): Verdicts => ({ anonymous: 401, stranger: 403, owner: 403, admin: status });
/** Somebody else's is not there at all, also for who guesses numbers. */
const ownerAndAdmin = (status: number): Verdicts => ({ anonymous: 401, stranger: 404, owner: status, admin: status });
const onlyOwner = (status: number): Verdicts => ({ anonymous: 401, stranger: 404, owner: status, admin: 404 });
const inOwnName = (status: number): Verdicts => ({ anonymous: 401, stranger: 403, owner: status, admin: 403 });

const nothing = () => ({});
const product = () => world.product;
const order = () => world.order;
const checkout = () => ({ items: purchase(), user_id: world.owner.id });

export const rules: Record<string, Rule> = {
  'POST /api/auth/register': { ...alike(422), body: nothing },
  'POST /api/auth/login': { ...alike(422), body: nothing },
  'POST /api/auth/refresh': { ...alike(422), body: nothing },
  'POST /api/auth/logout': { ...alike(422), body: nothing },
  'GET /api/auth/me': signedIn(200),
  'GET /.well-known/jwks.json': alike(200),

  'GET /api/products': alike(200),
  'POST /api/products': { ...onlyAdmin(422), body: nothing },
  'GET /api/products/categories': alike(200),
  'POST /api/products/categories': { ...onlyAdmin(422), body: nothing },
  'GET /api/products/{id}': { ...alike(200), id: product },
  'PUT /api/products/{id}': { ...onlyAdmin(200), id: product, body: () => ({ description: 'Changed.' }) },
  'DELETE /api/products/{id}': { ...onlyAdmin(204), id: freshProduct },
  'PATCH /api/products/{id}/stock': { ...onlyAdmin(200), id: product, query: '?stock_change=1' },
  'GET /api/products/{id}/reviews': { ...alike(200), id: product },
  'POST /api/products/{id}/reviews': { anonymous: 401, stranger: 403, owner: 201, admin: 403, id: product, body: () => ({ rating: 5 }) },

  'GET /api/cart': signedIn(200),
  'DELETE /api/cart': signedIn(200),
  'POST /api/cart/items': { ...signedIn(architecture.addToCartStatus()), body: () => ({ product_id: world.product }) },
  'PUT /api/cart/items/{id}': { ...onlyOwner(200), id: cartItem, body: () => ({ quantity: 2 }) },
  'DELETE /api/cart/items/{id}': { ...onlyOwner(200), id: cartItem },

  'POST /api/checkout': { ...inOwnName(200), body: checkout },
  'POST /api/orders/checkout': { ...inOwnName(201), body: checkout },
  'GET /api/orders': signedIn(200),
  'GET /api/orders/my-orders': signedIn(200),
  'GET /api/orders/{id}': { ...ownerAndAdmin(200), id: order },
  'GET /api/orders/{id}/status': { ...ownerAndAdmin(200), id: order },
  'PATCH /api/orders/{id}/status': { ...onlyAdmin(200), id: paidOrder, body: () => ({ status: 'shipped' }) },
  'GET /api/orders/{id}/events': { ...ownerAndAdmin(200), id: order },
  'GET /api/orders/{id}/stream': { ...ownerAndAdmin(200), id: order },
  'POST /api/orders/{id}/cancel': { ...ownerAndAdmin(200), id: paidOrder },
  'GET /api/notifications': signedIn(200),
  'PATCH /api/notifications/{id}': { ...onlyOwner(200), id: notification, body: () => ({ read: true }) },

  'GET /api/admin/orders': onlyAdmin(200),
  'GET /api/admin/dead-letters': onlyAdmin(200),
  'POST /api/admin/dead-letters/{queue}/replay': { ...onlyAdmin(200), id: () => 'email_service_queue' },

  'GET /health': alike(200),
  'GET /health/live': alike(200),
  'GET /health/ready': alike(200),
  'GET /metrics': alike(200),
};

/** "GET /api/cart" for each operation of the contract. */
export const operations = Object.entries(openapi.paths as Record<string, object>).flatMap(([path, item]) =>
  Object.keys(item)
    .filter((key) => key !== 'parameters')
    .map((method) => `${method.toUpperCase()} ${path}`),
);

/** `path` with `id` in place of its parameter. */
export const filled = (path: string, id: number | string | undefined) => path.replace(/\{\w+\}/, String(id));

export const expected = (rule: Rule, caller: Caller): number => rule[caller === 'forged' ? 'anonymous' : caller];
