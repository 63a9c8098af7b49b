// What a customer does, in the words of the storefront's tests.
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type Person, admin, newCustomer } from '../../support/people.ts';
import { type Product, newProduct } from '../../support/catalog.ts';
import { shop } from '../../support/shop.ts';

export { expect };

export type Architecture = 'microservices' | 'monolith';

interface Fixtures {
  /** At which door the test plays. */
  architecture: Architecture;
  /** What the browser complained of; a test that expects a complaint takes it out. */
  complaints: string[];
  /** A customer of that door whom nobody else uses. */
  customer: Person;
  administrator: Person;
  /** Makes a product that nobody else buys. */
  product: (price?: string, stock?: number) => Promise<Product>;
}

export const test = base.extend<Fixtures, { door: Architecture }>({
  door: [
    async ({}, use, worker) => {
      const architecture = worker.project.name === 'monolith' ? 'monolith' : 'microservices';
      if (architecture === 'monolith') process.env.TANDEM_GATEWAY_URL = shop.monolith(); // for the support functions
      await use(architecture);
    },
    { scope: 'worker', auto: true },
  ],
  architecture: async ({ door }, use) => use(door),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ page, door }, use) => {
    await page.addInitScript((architecture) => localStorage.setItem('tandem.architecture', architecture), door);
    await use(page);
  },
  customer: async ({ door: _ }, use) => use(await newCustomer()),
  administrator: async ({ door: _ }, use) => use({ id: 0, email: shop.adminEmail(), password: shop.adminPassword(), token: '', refreshToken: '' }),
  product: async ({ door: _ }, use) => {
    const token = await admin();
    await use((price = '20.00', stock = 5) => newProduct(token, price, stock));
  },
});

export async function logIn(page: Page, person: Person): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(person.email);
  await page.locator('[name=password]').fill(person.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Account', exact: true })).toBeVisible();
}

export async function putIntoCart(page: Page, product: Product): Promise<void> {
  await page.goto(`/products/${product.id}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText(`${product.name} is in your cart.`)).toBeVisible();
}

/** Fills the checkout; does not buy yet. */
export async function goToCheckout(page: Page): Promise<void> {
  await page.goto('/checkout');
  await page.getByLabel('Shipping address').fill('5 Quay Street\nHamburg');
}

export const buyButton = (page: Page) => page.getByRole('button', { name: /^Buy for/ });

export const state = (page: Page | Locator, word: string) => page.locator(`[data-state="${word}"]`);

export const happened = (page: Page, event: string) => page.locator(`[data-event="${event}"]`);

/** A browser logs each answer that is an error, and each request that was cut: takes out those that a test provokes. */
export function forgive(complaints: string[], expected: RegExp): void {
  complaints.splice(0, complaints.length, ...complaints.filter((each) => !expected.test(each)));
}

/** How many orders a customer has, by the shop's own word. */
export async function orderCount(person: Person): Promise<number> {
  const answer = await fetch(`${shop.url()}/api/orders`, { headers: { authorization: `Bearer ${person.token}` } });
  return ((await answer.json()) as unknown[]).length;
}
