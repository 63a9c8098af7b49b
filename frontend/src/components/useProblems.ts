import type { SerializedError } from '@reduxjs/toolkit';
import { useCallback } from 'react';
import type { Problem } from '../api/types';
import { useAppDispatch } from '../app/hooks';
import { toastShown } from '../app/toasts';
import { type ShopTexts, useTexts } from '../texts/texts';

export type Failure = Problem | SerializedError | undefined;

function isProblem(failure: unknown): failure is Problem {
  return typeof (failure as Problem | undefined)?.status === 'number';
}

/** The shop's own sentence where it gave one, else ours for what happened. */
export function sentence(failure: unknown, texts: ShopTexts['problem']): string {
  if (!isProblem(failure)) {
    return texts.unknown;
  }
  if (failure.status === 0) {
    return failure.title === 'timeout' ? texts.timeout : texts.unreachable;
  }
  if (failure.status === 429 || failure.status === 503 || failure.status === 504) {
    return texts.busy;
  }
  return failure.detail || texts.unknown;
}

/** Says in a corner what went wrong. */
export function useProblems() {
  const dispatch = useAppDispatch();
  const { problem } = useTexts();
  return useCallback(
    (failure: unknown) => dispatch(toastShown('problem', sentence(failure, problem))),
    [dispatch, problem],
  );
}
