import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Title } from '@mantine/core';
import NotFound from '../../app/NotFound';
import { useUser } from '../../app/hooks';
import { usePageTexts } from '../../texts/texts';
import classes from './Admin.module.css';
import { MoveOrder } from './MoveOrder';
import { NewCategory } from './NewCategory';
import { ProductTable } from './ProductTable';

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
      <Title order={1} mb="lg">
        {texts.title}
      </Title>
      <div className={classes.forms}>
        <MoveOrder />
        <NewCategory />
      </div>
      <ProductTable />
    </>
  );
}
