export { admin } from './admin';
export { account } from './account';
export { auth } from './auth';
export { cart } from './cart';
export { checkout } from './checkout';
export { lab } from './lab';
export { order } from './order';
export { product } from './product';
