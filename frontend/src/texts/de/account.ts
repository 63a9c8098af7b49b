import type { account as english } from '../en/account';

export const account: typeof english = {
  title: 'Konto',
  memberSince: (date) => `Kunde seit ${date}`,
  email: 'E-Mail',
  notifications: 'Mitteilungen',
  noNotifications: 'Nichts Neues',
  markRead: 'Als gelesen markieren',
  markUnread: 'Als ungelesen markieren',
  unread: 'ungelesen',
};
