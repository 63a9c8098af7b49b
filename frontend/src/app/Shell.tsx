import { lazy, Suspense, useEffect, useRef } from 'react';
import { Outlet, useLocation, useNavigationType } from 'react-router';
import { useTexts } from '../texts/texts';
import { ErrorBoundary } from './ErrorBoundary';
import { Footer } from './Footer';
import { Header } from './Header';
import { useAppSelector } from './hooks';
import { OfflineBar } from './OfflineBar';
import { PageLoading } from './PageLoading';
import { SessionEnd } from './SessionEnd';
import classes from './Shell.module.css';

const Toasts = lazy(() => import('./Toasts'));

/** Another page begins at its top, and for those who do not see it, at its content. */
function useNewPlace(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  const how = useNavigationType();
  useEffect(() => {
    if (before.current !== pathname) {
      before.current = pathname;
      if (how !== 'POP') {
        window.scrollTo(0, 0); // going back, the browser knows where one was
      }
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname, how]);
  return main;
}

/** What every page stands in. */
export function Shell() {
  const texts = useTexts();
  const { pathname } = useLocation();
  const main = useNewPlace(pathname);
  const hasToasts = useAppSelector((state) => state.toasts.length > 0);
  return (
    <>
      <a href="#content" className={classes.skip}>
        {texts.skipToContent}
      </a>
      <Header />
      <OfflineBar />
      <SessionEnd />
      <main id="content" ref={main} className={classes.main} tabIndex={-1}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
      <div role="status" aria-live="polite" className={classes.toasts}>
        {hasToasts && (
          <Suspense>
            <Toasts />
          </Suspense>
        )}
      </div>
    </>
  );
}
