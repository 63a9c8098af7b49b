import { createSlice, nanoid, type PayloadAction } from '@reduxjs/toolkit';

export interface Toast {
  id: string;
  kind: 'done' | 'problem';
  text: string;
}

const shown_max = 4;

/** Short messages in a corner. Read aloud by screen readers as they come. */
const slice = createSlice({
  name: 'toasts',
  initialState: [] as Toast[],
  reducers: {
    toastShown: {
      prepare: (kind: Toast['kind'], text: string) => ({ payload: { id: nanoid(), kind, text } }),
      reducer: (toasts, action: PayloadAction<Toast>) => {
        const others = toasts.filter((each) => each.text !== action.payload.text);
        return [...others, action.payload].slice(-shown_max);
      },
    },
    toastDismissed: (toasts, action: PayloadAction<string>) =>
      toasts.filter((each) => each.id !== action.payload),
  },
});

export const { toastShown, toastDismissed } = slice.actions;
export const toastReducer = slice.reducer;
