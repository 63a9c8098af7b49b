import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Alert, Button, Group, Paper, Radio, Skeleton, Stack, Textarea, Title } from '@mantine/core';
import { type SubmitEvent, useEffect, useEffectEvent, useState } from 'react';
import { Link } from 'react-router';
import type { CheckoutBody, PaymentMethod } from '../../api/types';
import { useArchitecture } from '../../app/hooks';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { useFormats } from '../../components/useFormats';
import { sentence } from '../../components/useProblems';
import { usePageTexts, useTexts } from '../../texts/texts';
import { CartLines } from '../cart/CartLines';
import { useCart } from '../cart/useCart';
import classes from './CheckoutPage.module.css';
import { useCheckout } from './useCheckout';

const methods: PaymentMethod[] = ['credit_card', 'paypal', 'bank_transfer'];
const addressKey = 'tandem.address';

/** Address, payment and summary on one page. */
export default function CheckoutPage() {
  const texts = usePageTexts('checkout');
  const { toProducts } = useTexts();
  const cart = useCart();
  const checkout = useCheckout();
  const resume = useEffectEvent(() => void checkout.resume());
  useEffect(() => resume(), []);

  if (cart.isLoading) {
    return <Skeleton h={300} />;
  }
  if (cart.error && cart.lines.length === 0) {
    return <Failed failure={cart.error} retry={cart.refetch} />;
  }
  if (cart.lines.length === 0 && !checkout.isBusy && !checkout.leftover) {
    return (
      <Empty title={texts.emptyTitle}>
        <Button component={Link} to="/">
          {toProducts}
        </Button>
      </Empty>
    );
  }
  return (
    <>
      <PageTitle of={texts.title} />
      <Title order={1} mb="lg">
        {texts.title}
      </Title>
      <div className={classes.page}>
        <Form checkout={checkout} cart={cart} />
        <Paper className={classes.summary ?? ''} withBorder>
          <Title order={2} size="h4">
            {texts.summary}
          </Title>
          <CartLines lines={cart.lines} setQuantity={cart.setQuantity} isPrompt />
        </Paper>
      </div>
    </>
  );
}

/** A purchase of an earlier visit that was never answered: asking again may still make it happen. */
function Leftover({ checkout }: { checkout: Props['checkout'] }) {
  const texts = usePageTexts('checkout');
  return (
    <Alert color="yellow" variant="light" role="alert">
      <p style={{ marginTop: 0 }}>{texts.leftover}</p>
      <Group>
        <Button size="compact-md" disabled={checkout.isBusy} onClick={() => void checkout.askAgain()}>
          {texts.askAgain}
        </Button>
        <Button size="compact-md" variant="default" disabled={checkout.isBusy} onClick={checkout.forget}>
          {texts.forget}
        </Button>
      </Group>
    </Alert>
  );
}

interface Props {
  checkout: ReturnType<typeof useCheckout>;
  cart: ReturnType<typeof useCart>;
}

function Form({ checkout, cart }: Props) {
  const texts = usePageTexts('checkout');
  const { problem: problems } = useTexts();
  const { money } = useFormats();
  const architecture = useArchitecture();
  const [address, setAddress] = useState(() => localStorage.getItem(addressKey) ?? '');
  const [method, setMethod] = useState<PaymentMethod>('credit_card');
  const { outcome, isBusy } = checkout;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    localStorage.setItem(addressKey, address);
    const body: CheckoutBody = {
      shipping_address: address.trim(),
      payment_method: method,
      items: cart.lines.map(({ product_id, quantity, price }) => ({ product_id, quantity, price })),
    };
    void checkout.buy(body);
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        {checkout.leftover && <Leftover checkout={checkout} />}
        {outcome && (
          <Alert color="red" variant="light" role="alert">
            {outcome.kind === 'unanswered'
              ? texts.ambiguous
              : outcome.problem.status === 402
                ? texts.declined
                : sentence(outcome.problem, problems)}
          </Alert>
        )}
        <Textarea
          label={texts.address}
          placeholder={texts.addressHint}
          required
          autosize
          minRows={3}
          maxLength={1000}
          autoComplete="street-address"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Radio.Group
          label={texts.method}
          value={method}
          onChange={(value) => setMethod(value as PaymentMethod)}
        >
          <Stack gap="xs" mt="xs">
            {methods.map((each) => (
              <Radio key={each} value={each} label={texts.methods[each]} />
            ))}
          </Stack>
        </Radio.Group>
        <Button type="submit" size="lg" disabled={isBusy || cart.lines.length === 0} aria-busy={isBusy}>
          {isBusy ? texts.buying : texts.buy(money(cart.total))}
        </Button>
        <p role="status" className={classes.waiting}>
          {isBusy && architecture === 'monolith' && texts.waitingMonolith}
        </p>
      </Stack>
    </form>
  );
}
