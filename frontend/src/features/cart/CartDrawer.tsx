import '../../app/mantineRest.css';
import { Button, Drawer, Skeleton, Stack } from '@mantine/core';
import { Link } from 'react-router';
import { useUser } from '../../app/hooks';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { useFormats } from '../../components/useFormats';
import { usePageTexts } from '../../texts/texts';
import classes from './Cart.module.css';
import { CartLines } from './CartLines';
import { useCart } from './useCart';

export default function CartDrawer({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  const texts = usePageTexts('cart');
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      size="md"
      title={texts.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <Content close={close} />
    </Drawer>
  );
}

function Content({ close }: { close: () => void }) {
  const texts = usePageTexts('cart');
  const { money } = useFormats();
  const user = useUser();
  const { lines, total, isLoading, error, refetch, setQuantity } = useCart();

  if (isLoading) {
    return (
      <Stack>
        <Skeleton h={72} />
        <Skeleton h={72} />
      </Stack>
    );
  }
  if (error && lines.length === 0) {
    return <Failed failure={error} retry={refetch} />;
  }
  if (lines.length === 0) {
    return <Empty title={texts.empty} hint={texts.emptyHint} />;
  }
  return (
    <>
      <CartLines lines={lines} setQuantity={setQuantity} />
      <p className={classes.total}>
        <span>{texts.total}</span>
        <strong>{money(total)}</strong>
      </p>
      <Button
        component={Link}
        to={user ? '/checkout' : '/login'}
        state={user ? null : { from: '/checkout' }}
        onClick={close}
        size="md"
        fullWidth
      >
        {user ? texts.checkout : texts.loginToCheckout}
      </Button>
    </>
  );
}
