import { Button } from '@mantine/core';
import { Link } from 'react-router';
import Empty from '../../components/Empty';
import { useTexts } from '../../texts/texts';

export default function NothingFound() {
  const { products } = useTexts();
  return (
    <Empty title={products.none} hint={products.noneHint}>
      <Button component={Link} to="/">
        {products.showAll}
      </Button>
    </Empty>
  );
}
