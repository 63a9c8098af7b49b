export { account } from './account';
export { auth } from './auth';
export { cart } from './cart';
export { checkout } from './checkout';
export { order } from './order';
export { product } from './product';
