import { useTexts } from '../texts/texts';

/** What the browser's tab and a screen reader call the page. */
export function PageTitle({ of }: { of: string }) {
  const { brand } = useTexts();
  return <title>{`${of} · ${brand}`}</title>;
}
