import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Architecture } from '../api/types';
import { config } from './config';

const key = 'tandem.architecture';

function first(): Architecture {
  const chosen = localStorage.getItem(key) === 'monolith' ? 'monolith' : 'microservices';
  const other = chosen === 'monolith' ? 'microservices' : 'monolith';
  return config.doors[chosen] === null && config.doors[other] !== null ? other : chosen;
}

/** Which of the two shops the whole app talks to. */
const slice = createSlice({
  name: 'architecture',
  initialState: () => ({ current: first() }),
  reducers: {
    architectureChosen: (state, action: PayloadAction<Architecture>) => {
      state.current = action.payload;
    },
  },
});

export const { architectureChosen } = slice.actions;
export const architectureReducer = slice.reducer;

export function remember(architecture: Architecture): void {
  localStorage.setItem(key, architecture);
}
