import { createContext, use } from 'react';

/** Which activity the reader looks at, shared by all that shows activities. */
export interface Selection {
  id: string | null;
  /** In passing: gives way to what is held. */
  glance: (id: string) => void;
  /** Until it is closed, or another is taken. */
  hold: (id: string) => void;
  close: () => void;
}

export const SelectionContext = createContext<Selection | null>(null);

export function useSelection(): Selection {
  const selection = use(SelectionContext);
  if (!selection) {
    throw new Error('there is no SelectionContext above');
  }
  return selection;
}
