import { IconAlertTriangleFilled, IconArrowBackUp, IconRefresh } from '@tabler/icons-react';
import type { Mark } from './marks';
import classes from './MarkIcon.module.css';

const icons = { error: IconAlertTriangleFilled, retry: IconRefresh, compensation: IconArrowBackUp };

/** Says nothing by itself: the word stands beside it, or in the name of what it is in. */
export function MarkIcon({ mark }: { mark: Mark }) {
  const Icon = icons[mark];
  return <Icon size={16} stroke={2.4} aria-hidden className={classes.icon} data-mark={mark} />;
}
