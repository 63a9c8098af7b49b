import { useDispatch, useSelector } from 'react-redux';
import type { AppDispatch, RootState } from './store';

export const useAppDispatch = useDispatch.withTypes<AppDispatch>();
export const useAppSelector = useSelector.withTypes<RootState>();

export const useArchitecture = () => useAppSelector((state) => state.architecture.current);

/** Who is signed in at the current door; null for a guest. */
export const useUser = () => useAppSelector((state) => state.auth[state.architecture.current].user);
