import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Button, Paper, Text, Title } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useArchitecture, useUser } from '../../app/hooks';
import { useFormats } from '../../components/useFormats';
import { usePageTexts, useTexts } from '../../texts/texts';
import classes from './LoginPage.module.css';
import { logOut } from './signIn';

export default function AccountPage() {
  const texts = usePageTexts('account');
  const { nav, architectures } = useTexts();
  const { time } = useFormats();
  const architecture = useArchitecture();
  const user = useUser();
  const navigate = useNavigate();
  const leave = () => {
    void logOut(architecture);
    void navigate('/');
  };
  return (
    user && (
      <Paper className={classes.card ?? ''} withBorder>
        <PageTitle of={nav.account} />
        <Title order={1} size="h3">
          {user.full_name}
        </Title>
        <Text>{user.email}</Text>
        <Text c="dimmed" size="sm">
          {architectures[architecture]} · {texts.memberSince(time(user.created_at))}
        </Text>
        <Button variant="default" onClick={leave}>
          {nav.logout}
        </Button>
      </Paper>
    )
  );
}
