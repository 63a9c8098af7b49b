import { Button } from '@mantine/core';
import { Link } from 'react-router';
import Empty from '../components/Empty';
import { useTexts } from '../texts/texts';

export default function NotFound() {
  const { notFound, notFoundHint, toProducts } = useTexts();
  return (
    <Empty title={notFound} hint={notFoundHint}>
      <Button component={Link} to="/">
        {toProducts}
      </Button>
    </Empty>
  );
}
