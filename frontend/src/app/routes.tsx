import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { SignedIn } from '../features/auth/SignedIn';
import { ShopPage } from '../features/products/ShopPage';
import { Shell } from './Shell';

const NotFound = lazy(() => import('./NotFound'));
const ProductPage = lazy(() => import('../features/products/ProductPage'));
const LoginPage = lazy(() => import('../features/auth/LoginPage'));
const AccountPage = lazy(() => import('../features/auth/AccountPage'));
const CheckoutPage = lazy(() => import('../features/checkout/CheckoutPage'));
const OrdersPage = lazy(() => import('../features/orders/OrdersPage'));
const OrderPage = lazy(() => import('../features/orders/OrderPage'));
const FlightPage = lazy(() => import('../features/flight/FlightPage'));
const SideBySidePage = lazy(() => import('../features/lab/SideBySidePage'));
const AdminPage = lazy(() => import('../features/admin/AdminPage'));
const AdminCatalog = lazy(() => import('../features/admin/AdminCatalog'));
const AdminOrders = lazy(() => import('../features/admin/AdminOrders'));
const DeadLetters = lazy(() => import('../features/admin/DeadLetters'));
const NotificationsPage = lazy(() => import('../features/notifications/NotificationsPage'));

/** Every page of the shop. What the landing page does not need comes when it is asked for. */
export function Pages() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<ShopPage />} />
        <Route path="products/:id" element={<ProductPage />} />
        <Route path="side-by-side" element={<SideBySidePage />} />
        <Route path="login" element={<LoginPage />} />
        <Route path="register" element={<LoginPage isNew />} />
        <Route element={<SignedIn />}>
          <Route path="account" element={<AccountPage />} />
          <Route path="checkout" element={<CheckoutPage />} />
          <Route path="orders" element={<OrdersPage />} />
          <Route path="orders/:id" element={<OrderPage />} />
          <Route path="orders/:id/flight" element={<FlightPage />} />
          <Route path="admin" element={<AdminPage />}>
            <Route index element={<AdminCatalog />} />
            <Route path="orders" element={<AdminOrders />} />
            <Route path="dead-letters" element={<DeadLetters />} />
          </Route>
          <Route path="notifications" element={<NotificationsPage />} />
        </Route>
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
