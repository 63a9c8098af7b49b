import { Component, lazy, type ReactNode, Suspense } from 'react';

const Crash = lazy(() => import('./Crash'));

/** Keeps a page that crashes from taking the shop with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError() {
    return { hasCrashed: true };
  }

  override render() {
    return this.state.hasCrashed ? (
      <Suspense>
        <Crash />
      </Suspense>
    ) : (
      this.props.children
    );
  }
}
