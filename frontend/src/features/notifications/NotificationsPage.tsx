import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Button, Skeleton, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Notification } from '../../api/types';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { useFormats } from '../../components/useFormats';
import { useProblems } from '../../components/useProblems';
import { usePageTexts } from '../../texts/texts';
import { useMarkNotificationMutation, useNotificationsQuery } from '../orders/ordersApi';
import classes from './NotificationsPage.module.css';

export default function NotificationsPage() {
  const texts = usePageTexts('account');
  const { data, error, refetch } = useNotificationsQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <>
      <PageTitle of={texts.notifications} />
      <Title order={1} mb="lg">
        {texts.notifications}
      </Title>
      {error && !data && <Failed failure={error} retry={refetch} />}
      {!error && !data && <Skeleton h={160} radius="lg" />}
      {data?.length === 0 && <Empty title={texts.noNotifications} />}
      <ul className={classes.list}>
        {data?.map((each) => (
          <One key={each.id} notification={each} />
        ))}
      </ul>
    </>
  );
}

function One({ notification }: { notification: Notification }) {
  const texts = usePageTexts('account');
  const { time } = useFormats();
  const complain = useProblems();
  const [mark, { isLoading }] = useMarkNotificationMutation();
  const { id, order_id, message, read, created_at } = notification;
  const turn = async () => {
    try {
      await mark({ id, read: !read }).unwrap();
    } catch (failure) {
      complain(failure);
    }
  };
  return (
    <li className={classes.one} data-read={read}>
      <div>
        <Link to={`/orders/${order_id}`}>{message}</Link>
        <span className={classes.when}>
          {time(created_at)}
          {!read && ` · ${texts.unread}`}
        </span>
      </div>
      <Button variant="subtle" size="compact-sm" disabled={isLoading} onClick={() => void turn()}>
        {read ? texts.markUnread : texts.markRead}
      </Button>
    </li>
  );
}
