// What the services serve at their own ports and the gateway leads nobody to.
import { type Service } from '../../support/shop.ts';
import { type Rule, world } from './access.ts';

export interface InternalRoute {
  service: Service;
  method: string;
  target: string;
  rule: Rule;
}

const ofOwner = { id: () => world.owner.id };

export const internalRoutes: InternalRoute[] = [
  { service: 'user', method: 'GET', target: '/users/{id}', rule: { anonymous: 401, stranger: 404, owner: 200, admin: 200, ...ofOwner } },
  {
    service: 'cart',
    method: 'POST',
    target: '/cart/{id}/purchases',
    rule: { anonymous: 401, stranger: 403, owner: 204, admin: 204, ...ofOwner, body: () => ({ order_id: world.order, items: [{ product_id: world.product, quantity: 1 }] }) },
  },
  { service: 'order', method: 'GET', target: '/orders', rule: { anonymous: 401, stranger: 200, owner: 200, admin: 200 } },
  { service: 'order', method: 'GET', target: '/orders/my-orders', rule: { anonymous: 401, stranger: 200, owner: 200, admin: 200 } },
  { service: 'payment', method: 'GET', target: '/payments/{id}', rule: { anonymous: 401, stranger: 404, owner: 200, admin: 200, id: () => world.order } },
];

/** What each program serves for those who run it: how it is, and nothing of anybody's. */
export const operationalRoutes = ['GET /', 'GET /health', 'GET /health/live', 'GET /health/ready', 'GET /metrics'];

/** At the public doors in place of the greeting. */
export const documents = ['GET /docs', 'GET /openapi.yaml'];
