import { useMemo } from 'react';
import { useLanguage } from '../texts/texts';

/** Money and times as people of the chosen language write them. */
export function useFormats() {
  const { language } = useLanguage();
  return useMemo(() => {
    const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' });
    const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    const clock = new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
    });
    return {
      /** "1299.99", as the contract has it: formatted as it is, never as a binary fraction. */
      money: (amount: string) => money.format(amount as Intl.StringNumericLiteral),
      time: (rfc3339: string) => time.format(new Date(rfc3339)),
      clock: (rfc3339: string) => clock.format(new Date(rfc3339)),
      decimal: (value: number, digits = 1) =>
        value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      /** "3.2 ms", "1.25 s" */
      duration: (value_ms: number) =>
        value_ms < 1000
          ? `${value_ms.toLocaleString(language, { maximumSignificantDigits: 3 })} ms`
          : `${(value_ms / 1000).toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })} s`,
    };
  }, [language]);
}
