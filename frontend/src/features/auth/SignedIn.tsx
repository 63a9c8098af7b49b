import { Navigate, Outlet, useLocation } from 'react-router';
import { useUser } from '../../app/hooks';

/** Pages that need somebody: guests log in first and come back. */
export function SignedIn() {
  const user = useUser();
  const location = useLocation();
  return user ? (
    <Outlet />
  ) : (
    <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />
  );
}
