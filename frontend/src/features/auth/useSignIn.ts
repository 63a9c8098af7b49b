import { shopApi } from '../../api/shopApi';
import type { Problem } from '../../api/types';
import { useAppDispatch, useAppSelector, useArchitecture } from '../../app/hooks';
import { toastShown } from '../../app/toasts';
import { usePageTexts } from '../../texts/texts';
import { guestCartTaken } from '../cart/guestCart';
import { type Credentials, logIn, mergeCart, register } from './signIn';

/** Lets somebody in at the current door, and the guest's cart with them. */
export function useSignIn() {
  const architecture = useArchitecture();
  const lines = useAppSelector((state) => state.guestCart);
  const dispatch = useAppDispatch();
  const texts = usePageTexts('auth');

  const withCart = async (entrance: Promise<Problem | null>): Promise<Problem | null> => {
    const problem = await entrance;
    if (problem || lines.length === 0) {
      return problem;
    }
    const refused = await mergeCart(architecture, lines);
    dispatch(guestCartTaken());
    dispatch(shopApi.util.invalidateTags(['Cart']));
    dispatch(
      refused.length === 0
        ? toastShown('done', texts.merged)
        : toastShown('problem', texts.notMerged(refused.map((line) => line.name).join(', '))),
    );
    return null;
  };

  return {
    logIn: (credentials: Credentials) => withCart(logIn(architecture, credentials)),
    register: (person: Credentials & { full_name: string }) => withCart(register(architecture, person)),
  };
}
