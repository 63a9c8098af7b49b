import { useSyncExternalStore } from 'react';
import { useTexts } from '../texts/texts';
import classes from './Bar.module.css';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export function OfflineBar() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  const { problem } = useTexts();
  return (
    <div role="status" className={classes.place}>
      {!isOnline && <p className={classes.bar}>{problem.offline}</p>}
    </div>
  );
}
