import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Title } from '@mantine/core';
import { NavLink, Outlet } from 'react-router';
import NotFound from '../../app/NotFound';
import { useUser } from '../../app/hooks';
import { usePageTexts } from '../../texts/texts';
import classes from './Admin.module.css';

/** For administrators; to everybody else there is no such page. The shop itself checks every request. */
export default function AdminPage() {
  const texts = usePageTexts('admin');
  const user = useUser();
  if (user?.role !== 'admin') {
    return <NotFound />;
  }
  return (
    <>
      <PageTitle of={texts.title} />
      <Title order={1} mb="sm">
        {texts.title}
      </Title>
      <nav className={classes.tabs} aria-label={texts.title}>
        <NavLink to="/admin" end>
          {texts.products}
        </NavLink>
        <NavLink to="/admin/orders">{texts.orders}</NavLink>
        <NavLink to="/admin/dead-letters">{texts.deadLetters}</NavLink>
      </nav>
      <Outlet />
    </>
  );
}
