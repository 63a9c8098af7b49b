import { ActionIcon } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Picture } from '../../components/Picture';
import { useFormats } from '../../components/useFormats';
import { useProblems } from '../../components/useProblems';
import { usePageTexts } from '../../texts/texts';
import classes from './Cart.module.css';
import { quantity_max } from './guestCart';
import type { CartLine } from './useCart';

/** Somebody who clicks five times means one change. */
const clickingPause_ms = 300;

interface Props {
  lines: CartLine[];
  setQuantity: (line: CartLine, quantity: number) => Promise<void>;
  /** Every click counts at once: what is shown is about to be bought. */
  isPrompt?: boolean;
}

export function CartLines({ lines, setQuantity, isPrompt = false }: Props) {
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <Line key={line.product_id} line={line} setQuantity={setQuantity} isPrompt={isPrompt} />
      ))}
    </ul>
  );
}

function Line({ line, setQuantity, isPrompt }: Omit<Required<Props>, 'lines'> & { line: CartLine }) {
  const texts = usePageTexts('cart');
  const { money } = useFormats();
  const complain = useProblems();
  const [wanted, setWanted] = useState<number | null>(null);
  const shown = wanted ?? line.quantity;

  const tell = async (quantity: number) => {
    setWanted(null); // from here on the cart itself shows it
    try {
      await setQuantity(line, quantity);
    } catch (failure) {
      complain(failure);
    }
  };
  const tellLater = useDebouncedCallback((quantity: number) => void tell(quantity), {
    delay: clickingPause_ms,
    flushOnUnmount: true,
  });
  const step = (quantity: number) => {
    if (isPrompt) {
      void tell(quantity);
      return;
    }
    setWanted(quantity);
    tellLater(quantity);
  };

  return (
    <li className={classes.line}>
      <Picture url={line.image_url} className={classes.picture ?? ''} />
      <div className={classes.what}>
        <Link to={`/products/${line.product_id}`}>{line.name}</Link>
        <span className={classes.each}>{texts.each(money(line.price))}</span>
      </div>
      <fieldset className={classes.stepper} aria-label={texts.quantityOf(line.name)}>
        <ActionIcon
          variant="default"
          aria-label={texts.fewer(line.name)}
          disabled={line.isProvisional || shown <= 1}
          onClick={() => step(shown - 1)}
        >
          <IconMinus size={14} />
        </ActionIcon>
        <output>{shown}</output>
        <ActionIcon
          variant="default"
          aria-label={texts.more(line.name)}
          disabled={line.isProvisional || shown >= quantity_max}
          onClick={() => step(shown + 1)}
        >
          <IconPlus size={14} />
        </ActionIcon>
      </fieldset>
      <strong className={classes.subtotal}>{money(line.subtotal)}</strong>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={texts.remove(line.name)}
        disabled={line.isProvisional}
        onClick={() => void tell(0)}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </li>
  );
}
