// What is stored, read only: the databases of the shop that is under test.
import pg from 'pg';
import { architecture, type Keeper, shop } from '../../support/shop.ts';
import { rows } from '../../support/world.ts';

/** The monolith keeps each part's tables in a schema of one database. */
const schemas: Record<Exclude<Keeper, 'monolith'>, string> = { user: 'users', product: 'catalog', cart: 'carts', order: 'orders', payment: 'payments' };

export async function rowsOf(keeper: keyof typeof schemas, sql: string, values: unknown[] = []): Promise<any[]> {
  if (!architecture.isMonolith()) return rows(keeper, sql, values);
  const client = new pg.Client({ connectionString: shop.database('monolith') });
  await client.connect();
  try {
    await client.query(`SET search_path TO ${schemas[keeper]}`);
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

export const userRows = (sql: string, values: unknown[] = []) => rowsOf('user', sql, values);
