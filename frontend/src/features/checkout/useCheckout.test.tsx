import { act, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { Provider } from 'react-redux';
import { MemoryRouter, Route, Routes } from 'react-router';
import { expect, it, vi } from 'vitest';
import type { CheckoutBody, User } from '../../api/types';
import { makeStore } from '../../app/store';
import { loadTexts, TextsProvider } from '../../texts/texts';
import { useCheckout } from './useCheckout';

const body: CheckoutBody = { items: [{ product_id: 1, quantity: 1, price: '20.00' }] };
const user: User = { id: 1, email: 'a@example.com', full_name: 'A', role: 'customer' } as User;

it('buys once although the second click comes after the answer, before the order is on the screen', async () => {
  const post = vi.fn(() => Promise.resolve(new Response('{"id":7}', { status: 200 })));
  vi.stubGlobal('fetch', post);
  let buy: ReturnType<typeof useCheckout>['buy'] = () => Promise.reject(new Error('not there yet'));
  function Form() {
    buy = useCheckout().buy;
    return 'The form';
  }
  const nobody = { user: null, hasEnded: false };
  const store = makeStore({ auth: { microservices: { user, hasEnded: false }, monolith: nobody } });
  const texts = await loadTexts('en');
  await act(async () => {
    render(
      <Provider store={store}>
        <TextsProvider first={texts}>
          <MemoryRouter initialEntries={['/checkout']}>
            <Suspense>
              <Routes>
                <Route path="checkout" element={<Form />} />
                <Route path="orders/:id" element="The order" />
              </Routes>
            </Suspense>
          </MemoryRouter>
        </TextsProvider>
      </Provider>,
    );
  });
  await screen.findByText('The form');
  const click = buy;
  await act(async () => {
    await click(body);
    await click(body); // the page that was clicked is still the one on the screen
  });
  expect(post).toHaveBeenCalledTimes(1);
  expect(screen.getByText('The order')).toBeDefined();
});
