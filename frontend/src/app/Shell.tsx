import { lazy, Suspense } from 'react';
import { Outlet, useLocation } from 'react-router';
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

/** What every page stands in. */
export function Shell() {
  const texts = useTexts();
  const { pathname } = useLocation();
  const hasToasts = useAppSelector((state) => state.toasts.length > 0);
  return (
    <>
      <a href="#content" className={classes.skip}>
        {texts.skipToContent}
      </a>
      <Header />
      <OfflineBar />
      <SessionEnd />
      <main id="content" className={classes.main} tabIndex={-1}>
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
