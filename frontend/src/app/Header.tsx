import { ActionIcon } from '@mantine/core';
import { IconBell, IconShoppingCart, IconUser } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, NavLink } from 'react-router';
import { useCart } from '../features/cart/useCart';
import { useTexts } from '../texts/texts';
import { ArchitectureSwitch } from './ArchitectureSwitch';
import classes from './Header.module.css';
import { useUser } from './hooks';
import { Preferences } from './Preferences';

const CartDrawer = lazy(() => import('../features/cart/CartDrawer'));

export function Header() {
  const { brand, claim, menu, nav } = useTexts();
  const user = useUser();
  return (
    <header className={classes.header}>
      <div className={classes.row}>
        <Link to="/" className={classes.brand} aria-label={brand} title={claim}>
          <img src="/logo.svg" alt="" width={34} height={34} />
          <span>{brand}</span>
        </Link>
        <ArchitectureSwitch />
        <div className={classes.tools}>
          <Preferences />
          {user && (
            <ActionIcon
              component={Link}
              to="/notifications"
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={nav.notifications}
            >
              <IconBell size={20} />
            </ActionIcon>
          )}
          <ActionIcon
            component={Link}
            to={user ? '/account' : '/login'}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={user ? nav.account : nav.login}
          >
            <IconUser size={20} />
          </ActionIcon>
          <CartButton />
        </div>
      </div>
      <nav className={classes.nav} aria-label={menu}>
        <NavLink to="/" end>
          {nav.products}
        </NavLink>
        {user && <NavLink to="/orders">{nav.orders}</NavLink>}
        <NavLink to="/side-by-side">{nav.sideBySide}</NavLink>
        {user?.role === 'admin' && <NavLink to="/admin">{nav.admin}</NavLink>}
        {!user && <NavLink to="/login">{nav.login}</NavLink>}
      </nav>
    </header>
  );
}

function CartButton() {
  const { nav } = useTexts();
  const { count } = useCart();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className={classes.cart}
        aria-label={nav.cart(count)}
        onClick={() => {
          setWasOpen(true);
          setIsOpen(true);
        }}
      >
        <IconShoppingCart size={20} />
        {count > 0 && <span className={classes.count}>{count > 99 ? '99+' : count}</span>}
      </ActionIcon>
      {wasOpen && (
        <Suspense>
          <CartDrawer isOpen={isOpen} close={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
