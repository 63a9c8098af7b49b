export const account = {
  title: 'Account',
  memberSince: (date: string) => `Customer since ${date}`,
  email: 'E-mail',
  notifications: 'Notifications',
  noNotifications: 'Nothing new',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  unread: 'unread',
};
