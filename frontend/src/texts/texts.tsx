import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { shop } from './en/shop';

/** The catalogue in all languages: English is its shape, so a text that a translation lacks fails the build. */
export type Language = 'en' | 'de';
export type ShopTexts = typeof shop;

const key = 'tandem.language';

/** One chunk a language holds what the landing page does not need; English's landing texts are in the bundle. */
const loadShop: Record<Language, () => Promise<typeof shop>> = {
  en: () => Promise.resolve(shop),
  de: async () => (await import('./de/shop')).shop,
};
const loadRest: Record<Language, () => Promise<typeof import('./en/rest')>> = {
  en: () => import('./en/rest'),
  de: () => import('./de/rest'),
};

export function firstLanguage(): Language {
  const chosen = localStorage.getItem(key) ?? navigator.language.slice(0, 2);
  return chosen === 'de' ? 'de' : 'en';
}

interface Chosen {
  language: Language;
  shop: typeof shop;
  choose: (language: Language) => Promise<void>;
}

const Context = createContext<Chosen | null>(null);

/** `first` comes from `loadTexts`, which is awaited before the first render. */
export function TextsProvider({ first, children }: { first: Omit<Chosen, 'choose'>; children: ReactNode }) {
  const [current, setCurrent] = useState(first);
  const value = useMemo(
    () => ({
      ...current,
      choose: async (language: Language) => {
        const next = await loadTexts(language);
        localStorage.setItem(key, language);
        document.documentElement.lang = language;
        setCurrent(next);
      },
    }),
    [current],
  );
  return <Context value={value}>{children}</Context>;
}

export async function loadTexts(language: Language): Promise<Omit<Chosen, 'choose'>> {
  return { language, shop: await loadShop[language]() };
}

function useChosen(): Chosen {
  const chosen = use(Context);
  if (!chosen) {
    throw new Error('there is no TextsProvider above');
  }
  return chosen;
}

export function useLanguage() {
  const { language, choose } = useChosen();
  return { language, choose };
}

/** The texts that every page shares. */
export function useTexts() {
  return useChosen().shop;
}

const rests = new Map<Language, ReturnType<(typeof loadRest)[Language]>>();

function restOf(language: Language) {
  let rest = rests.get(language);
  if (!rest) {
    rest = loadRest[language]();
    rests.set(language, rest);
  }
  return rest;
}

/** The texts of one of the other pages; suspends until they are there. */
export function usePageTexts<Area extends keyof typeof import('./en/rest')>(area: Area) {
  return use(restOf(useChosen().language))[area];
}
