import { Notification, Stack } from '@mantine/core';
import { useEffect } from 'react';
import '@mantine/core/styles/Notification.layer.css';
import { useTexts } from '../texts/texts';
import { useAppDispatch, useAppSelector } from './hooks';
import { type Toast, toastDismissed } from './toasts';

const shown_ms = { done: 3500, problem: 8000 };

export default function Toasts() {
  const toasts = useAppSelector((state) => state.toasts);
  return (
    <Stack gap="xs">
      {toasts.map((toast) => (
        <One key={toast.id} toast={toast} />
      ))}
    </Stack>
  );
}

function One({ toast }: { toast: Toast }) {
  const dispatch = useAppDispatch();
  const { dismiss } = useTexts();
  useEffect(() => {
    const timer = setTimeout(() => dispatch(toastDismissed(toast.id)), shown_ms[toast.kind]);
    return () => clearTimeout(timer);
  }, [dispatch, toast]);
  return (
    <Notification
      color={toast.kind === 'problem' ? 'red' : 'teal'}
      withBorder
      role={toast.kind === 'problem' ? 'alert' : 'none'}
      onClose={() => dispatch(toastDismissed(toast.id))}
      closeButtonProps={{ 'aria-label': dismiss }}
    >
      {toast.text}
    </Notification>
  );
}
