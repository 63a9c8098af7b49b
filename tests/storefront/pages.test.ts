import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { giveUpAWelcome } from '../support/dead_letters.ts';
import { type Architecture, buyButton, expect, forgive, goToCheckout, logIn, putIntoCart, state, test } from './support/shopping.ts';

/** What axe calls serious or worse, as lines that name the place. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** Keeps a picture for people, and holds the page to what axe finds. */
async function lookAt(page: Page, name: string, info: TestInfo): Promise<void> {
  await page.screenshot({ path: join(info.project.outputDir, '..', 'storefront-pages', `${name}.png`), fullPage: true });
  expect(await findings(page), name).toEqual([]);
}

/** In the dark the pages are looked at in front of one door only: behind the other they are the same. */
const isSeenElsewhere = (architecture: Architecture, colorScheme: string) => architecture === 'monolith' && colorScheme === 'dark';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is accessible and looks as it should, ${colorScheme}`, async ({ page, customer, product, architecture }, info) => {
    test.setTimeout(120_000);
    test.skip(isSeenElsewhere(architecture, colorScheme));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const look = (name: string) => lookAt(page, `${architecture}-${colorScheme}-${name}`, info);
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    await look('shop');
    await page.goto('/?q=nothing-is-called-so');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await look('nothing-found');
    await page.goto('/nowhere');
    await expect(page.getByText('There is nothing here')).toBeVisible();
    await look('not-found');
    await page.goto('/register');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look('register');
    await page.goto('/side-by-side');
    await expect(page.getByRole('button', { name: 'Buy in both' })).toBeEnabled();
    await look('side-by-side');

    await logIn(page, customer);
    const thing = await product();
    await putIntoCart(page, thing);
    await look('product');
    await page.getByRole('button', { name: 'Cart, 1 item' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('cart');
    await goToCheckout(page);
    await look('checkout');
    await buyButton(page).click();
    await expect(state(page, 'paid')).toBeVisible();
    await look('order');
    await page.getByRole('link', { name: 'Behind the scenes' }).click();
    await expect(page.getByRole('heading', { name: 'Step by step' })).toBeVisible();
    await look('flight');
    for (const name of ['orders', 'notifications', 'account']) {
      await page.goto(`/${name}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy]')).toHaveCount(0);
      await look(name);
    }
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the administration is accessible and looks as it should, ${colorScheme}`, async ({ page, architecture, administrator }, info) => {
    test.skip(isSeenElsewhere(architecture, colorScheme));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const why = `planted for ${colorScheme}`;
    await giveUpAWelcome(architecture === 'monolith', 'nobody@example.com', why);
    await logIn(page, administrator);
    const look = (name: string) => lookAt(page, `${architecture}-${colorScheme}-${name}`, info);
    await page.goto('/admin');
    await expect(page.getByRole('button', { name: /^Edit/ }).first()).toBeVisible();
    await look('admin');
    await page.goto('/admin/orders');
    await expect(page.getByRole('link', { name: /^Order #/ }).first()).toBeVisible();
    await look('admin-orders');
    await page.goto('/admin/dead-letters');
    await expect(page.getByText(why)).toBeVisible();
    await look('admin-dead-letters');
    await page.getByRole('button', { name: 'Try again: email_service_queue' }).click();
    await expect(page.getByText('Nothing was given up')).toBeVisible();
  });
}

test('a whole purchase needs no mouse', async ({ page, customer, product }) => {
  const thing = await product();
  const tabTo = async (name: RegExp) => {
    for (let steps = 0; steps < 80; ++steps) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(() => {
        const focused = document.activeElement as HTMLInputElement | null;
        return focused?.ariaLabel ?? focused?.labels?.[0]?.textContent ?? focused?.textContent ?? '';
      });
      if (name.test(label)) return;
    }
    throw new Error(`no Tab leads to ${name}`);
  };
  await logIn(page, customer);
  await page.goto(`/?q=${encodeURIComponent(thing.name)}`);
  await expect(page.getByRole('heading', { name: thing.name })).toBeVisible();
  await tabTo(/^Add to cart: /);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${thing.name} is in your cart.`)).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.getByRole('link', { name: 'Skip to content' }).focus();
  await tabTo(/^Cart, 1 item$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await tabTo(/^Check out$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/checkout/);
  await tabTo(/^Shipping address/);
  await page.keyboard.type('5 Quay Street');
  await tabTo(/^Buy for/);
  await page.keyboard.press('Enter');
  await expect(state(page, 'paid')).toBeVisible();
});

test('going back, and opening an address that somebody sent, show what was seen', async ({ page }) => {
  await page.goto('/?sort=price&page=2');
  const names = () => page.getByRole('heading', { level: 2 }).allTextContents();
  await expect(page.getByRole('link', { name: 'Page 2', exact: true })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  const seen = await names();
  await page.getByRole('heading', { level: 2 }).first().click();
  await expect(page).toHaveURL(/products/);
  await page.goBack();
  await expect(page).toHaveURL(/sort=price&page=2/);
  await expect.poll(names).toEqual(seen);
});

test('a shop that cannot be reached is said to be so, and found again', async ({ page, complaints }) => {
  await page.route('**/api/products?**', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await page.unroute('**/api/products?**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  forgive(complaints, /ERR_FAILED/);
});

test('the other language has every page', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await expect(page.getByRole('button', { name: /Warenkorb/ }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Nebeneinander' }).click();
  await expect(page.getByRole('button', { name: 'In beiden kaufen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});
