/** Integer cents of a decimal string with two digits, "1299.99". */
export function cents(amount: string): number {
  const [units = '0', fraction = '00'] = amount.split('.');
  return Number(units) * 100 + Number(fraction);
}

/** The decimal string of integer cents. */
export function decimal(amount_cents: number): string {
  return `${Math.trunc(amount_cents / 100)}.${String(amount_cents % 100).padStart(2, '0')}`;
}
