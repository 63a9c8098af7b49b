import { Link, useLocation } from 'react-router';
import { sessionEndNoticed } from '../features/auth/authSlice';
import { useTexts } from '../texts/texts';
import classes from './Bar.module.css';
import { useAppDispatch, useAppSelector, useArchitecture } from './hooks';

/** Says in place that the session is over, with the way back to this very page. */
export function SessionEnd() {
  const architecture = useArchitecture();
  const hasEnded = useAppSelector((state) => state.auth[architecture].hasEnded);
  const dispatch = useAppDispatch();
  const location = useLocation();
  const texts = useTexts();
  return (
    <div role="status" className={classes.place}>
      {hasEnded && (
        <p className={classes.bar}>
          {texts.sessionEnded}{' '}
          {location.pathname !== '/login' && (
            <Link to="/login" state={{ from: location.pathname + location.search }}>
              {texts.nav.login}
            </Link>
          )}
          <button
            type="button"
            className={classes.dismiss}
            onClick={() => dispatch(sessionEndNoticed(architecture))}
          >
            {texts.dismiss}
          </button>
        </p>
      )}
    </div>
  );
}
