import { Button } from '@mantine/core';
import { usePagination } from '@mantine/hooks';
import { Link } from 'react-router';
import { useTexts } from '../texts/texts';
import classes from './PageLinks.module.css';

interface Props {
  total: number;
  page: number;
  /** The address of a page. */
  to: (page: number) => string;
}

/** Pages as links: they can be opened in a tab, kept, and gone back to. */
export function PageLinks({ total, page, to }: Props) {
  const { products } = useTexts();
  const { range } = usePagination({ total, page });
  return (
    <nav aria-label={products.pages} className={classes.pages}>
      {range.map((each, index) =>
        each === 'dots' ? (
          <span key={`dots-${index}`} aria-hidden>
            …
          </span>
        ) : (
          <Button
            key={each}
            component={Link}
            to={to(each)}
            size="compact-md"
            variant={each === page ? 'filled' : 'default'}
            aria-label={products.page(each)}
            aria-current={each === page ? 'page' : undefined}
          >
            {each}
          </Button>
        ),
      )}
    </nav>
  );
}
