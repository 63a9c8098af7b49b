import type { components, operations } from './schema';

type Schemas = components['schemas'];

/** The two ways in which the shop is built; each has a door of its own. */
export type Architecture = 'microservices' | 'monolith';

export type Product = Schemas['Product'];
export type ProductChange = Schemas['ProductChange'];
export type Category = Schemas['Category'];
export type Review = Schemas['Review'];
export type Cart = Schemas['Cart'];
export type CartItem = Cart['items'][number];
export type Order = Schemas['Order'];
export type OrderState = Schemas['OrderState'];
export type OrderStatus = Schemas['OrderStatus'];
export type DeadLetter = Schemas['DeadLetter'];
export type OrderSummary = Schemas['OrderSummary'];
export type OrderEvent = Schemas['OrderEvent'];
export type PaymentMethod = Schemas['PaymentMethod'];
export type Notification = Schemas['Notification'];
export type User = Schemas['User'];
export type Tokens = Schemas['Tokens'];
export type Sort = NonNullable<NonNullable<operations['listProducts']['parameters']['query']>['sort']>;
export type CheckoutBody = NonNullable<operations['checkout']['requestBody']>['content']['application/json'];

/** RFC 9457 as the shop sends it. `status` 0: no answer came; the title then is a word of ours. */
export type Problem = Partial<Schemas['Problem']> & { status: number; detail: string; retryAfter_s?: number };
