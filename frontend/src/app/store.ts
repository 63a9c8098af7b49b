import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { sessions } from '../api/sessions';
import { shopApi } from '../api/shopApi';
import { authReducer, sessionChanged } from '../features/auth/authSlice';
import {
  guestCartKey,
  guestCartReducer,
  guestCartRestored,
  rememberGuestCart,
} from '../features/cart/guestCart';
import { architectureReducer, remember } from './architecture';
import { toastReducer } from './toasts';

const reducer = combineReducers({
  architecture: architectureReducer,
  auth: authReducer,
  guestCart: guestCartReducer,
  toasts: toastReducer,
  [shopApi.reducerPath]: shopApi.reducer,
});

export type RootState = ReturnType<typeof reducer>;

/** The store, with what it keeps in the browser tied to it. */
export function makeStore(preloadedState?: Partial<RootState>) {
  const store = configureStore({
    reducer,
    middleware: (defaults) => defaults().concat(shopApi.middleware),
    ...(preloadedState ? { preloadedState } : {}),
  });

  sessions.subscribe((architecture, session, isWished) =>
    store.dispatch(sessionChanged({ architecture, session, isWished })),
  );
  // Another tab of the same guest.
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === guestCartKey) {
      store.dispatch(guestCartRestored(newValue));
    }
  });

  let previous = store.getState();
  store.subscribe(() => {
    const state = store.getState();
    const before = previous;
    previous = state;
    if (state.guestCart !== before.guestCart) {
      rememberGuestCart(state.guestCart);
    }
    const { current } = state.architecture;
    if (current !== before.architecture.current) {
      remember(current);
    }
    // Another door, or another person: what the cache holds is not theirs.
    const isElsewhere = current !== before.architecture.current;
    if (isElsewhere || state.auth[current].user?.id !== before.auth[current].user?.id) {
      store.dispatch(shopApi.util.resetApiState());
    }
  });
  return store;
}

export type Store = ReturnType<typeof makeStore>;
export type AppDispatch = Store['dispatch'];
