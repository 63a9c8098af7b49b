import classes from './Admin.module.css';
import { NewCategory } from './NewCategory';
import { ProductTable } from './ProductTable';

export default function AdminCatalog() {
  return (
    <>
      <ProductTable />
      <div className={classes.below}>
        <NewCategory />
      </div>
    </>
  );
}
