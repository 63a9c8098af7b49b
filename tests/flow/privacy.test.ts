// What customers type stays out of the logs of every part, whatever goes wrong.
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newProduct } from '../support/catalog.ts';
import { post } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { admin, login } from '../support/people.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { mailsTo } from '../support/world.ts';

function logs(): [string, string][] {
  const folder = `${shop.state()}/logs`;
  return readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]);
}

it('an address that is registered twice at once, buys and is written to is in no log; nor is its password', async () => {
  const mark = randomUUID();
  const person = { email: `private-${mark}@example.com`, password: `secret-${mark}`, full_name: `Name-${mark}` };
  const violations = () => logs().find(([name]) => name === 'user-db.log')![1].split('duplicate key value').length;
  const before = violations();
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/api/auth/register', person)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  await eventually('the database has logged the refusal', async () => violations() > before);

  const { token } = await login(person.email, person.password);
  const product = await newProduct(await admin(), '3.00', 5);
  await settled((await buy(token, [{ product_id: product.id, quantity: 1 }])).id, token);
  await eventually('the confirmation is in the mailbox', async () => (await mailsTo(person.email)).length >= 2);

  expect(logs().length).toBeGreaterThan(10);
  expect(logs().filter(([, text]) => text.includes(mark)).map(([name]) => name)).toEqual([]);
});
