import { useState } from 'react';
import { useAppDispatch } from '../../app/hooks';
import { toastShown } from '../../app/toasts';
import { useProblems } from '../../components/useProblems';

/** Does something at the shop and says how it went. Resolves to whether it worked. */
export function useAttempt() {
  const dispatch = useAppDispatch();
  const complain = useProblems();
  const [isBusy, setIsBusy] = useState(false);
  const attempt = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    setIsBusy(true);
    try {
      await work();
      dispatch(toastShown('done', done));
      return true;
    } catch (failure) {
      complain(failure);
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { attempt, isBusy };
}
