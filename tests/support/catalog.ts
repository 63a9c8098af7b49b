// Products made for one test, so that no test sees another's stock.
import { randomUUID } from 'node:crypto';
import { patch, post } from './client.ts';

export interface Product {
  id: number;
  name: string;
  price: string;
  stock: number;
}

export async function newProduct(adminToken: string, price: string, stock: number): Promise<Product> {
  const name = `Thing ${randomUUID()}`;
  const answer = await post('/api/products', { name, description: 'Made for a test.', price, initial_inventory: stock }, adminToken);
  if (answer.status !== 201) throw new Error(`creating a product answered ${answer.status}: ${answer.text}`);
  return answer.json;
}

export async function changeStock(adminToken: string, product: number, change: number): Promise<void> {
  const answer = await patch(`/api/products/${product}/stock?stock_change=${change}`, undefined, adminToken);
  if (answer.status !== 200) throw new Error(`changing stock answered ${answer.status}: ${answer.text}`);
}
