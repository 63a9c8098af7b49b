import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { type Session, sessions } from '../../api/sessions';
import type { Architecture, User } from '../../api/types';

interface Somebody {
  user: User | null;
  /** The last session ended without anybody's wish. */
  hasEnded: boolean;
}

export type AuthState = Record<Architecture, Somebody>;

function at(architecture: Architecture): Somebody {
  return { user: sessions.of(architecture)?.user ?? null, hasEnded: false };
}

/** Who is signed in at which door. The tokens themselves stay in `sessions`. */
const slice = createSlice({
  name: 'auth',
  initialState: (): AuthState => ({ microservices: at('microservices'), monolith: at('monolith') }),
  reducers: {
    sessionChanged: (
      state,
      action: PayloadAction<{ architecture: Architecture; session: Session | null; isWished: boolean }>,
    ) => {
      const { architecture, session, isWished } = action.payload;
      const before = state[architecture];
      const user = session?.user ?? null;
      if (user === null) {
        before.hasEnded = before.user !== null && !isWished;
        before.user = null;
      } else if (before.user?.id !== user.id) {
        state[architecture] = { user, hasEnded: false };
      }
    },
    sessionEndNoticed: (state, action: PayloadAction<Architecture>) => {
      state[action.payload].hasEnded = false;
    },
  },
});

export const { sessionChanged, sessionEndNoticed } = slice.actions;
export const authReducer = slice.reducer;
