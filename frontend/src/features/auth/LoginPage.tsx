import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import {
  Alert,
  Anchor,
  Button,
  Divider,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import type { Problem } from '../../api/types';
import { config } from '../../app/config';
import { useArchitecture, useUser } from '../../app/hooks';
import { sentence } from '../../components/useProblems';
import { usePageTexts, useTexts } from '../../texts/texts';
import classes from './LoginPage.module.css';
import { useSignIn } from './useSignIn';

/** Logging in, or with `isNew` making an account; then back to where one came from. */
export default function LoginPage({ isNew = false }: { isNew?: boolean }) {
  const texts = usePageTexts('auth');
  const shared = useTexts();
  const architecture = useArchitecture();
  const user = useUser();
  const { state } = useLocation() as { state: { from?: string } | null };
  const navigate = useNavigate();
  const { logIn, register } = useSignIn();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [wasGuest] = useState(user === null);
  const target = state?.from ?? '/';

  if (user && !wasGuest) {
    return <Navigate to={target} replace />;
  }

  const enter = async (entrance: Promise<Problem | null>) => {
    setIsBusy(true);
    const refusal = await entrance;
    setIsBusy(false);
    setProblem(refusal);
    if (!refusal) {
      void navigate(target, { replace: true });
    }
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? '');
    const credentials = { email: said('email'), password: said('password') };
    void enter(isNew ? register({ ...credentials, full_name: said('full_name') }) : logIn(credentials));
  };
  const errorOf = (field: string) => problem?.errors?.find((each) => each.field === field)?.message;

  return (
    <Paper className={classes.card ?? ''} withBorder>
      <PageTitle of={isNew ? texts.register : texts.login} />
      <Title order={1} size="h3">
        {isNew ? texts.register : texts.login}
      </Title>
      <Text c="dimmed" size="sm">
        {texts.at(shared.architectures[architecture])}
      </Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {problem && (
            <Alert color="red" variant="light" role="alert">
              {sentence(problem, shared.problem)}
            </Alert>
          )}
          {isNew && (
            <TextInput
              name="full_name"
              label={texts.name}
              required
              maxLength={200}
              autoComplete="name"
              error={errorOf('full_name')}
            />
          )}
          <TextInput
            name="email"
            type="email"
            label={texts.email}
            required
            autoComplete="email"
            error={errorOf('email')}
          />
          <PasswordInput
            name="password"
            label={texts.password}
            {...(isNew ? { description: texts.passwordHint, minLength: 8 } : {})}
            required
            maxLength={128}
            autoComplete={isNew ? 'new-password' : 'current-password'}
            error={errorOf('password')}
          />
          <Button type="submit" loading={isBusy}>
            {isNew ? texts.register : texts.login}
          </Button>
        </Stack>
      </form>
      {!isNew && config.testUser && (
        <>
          <Divider />
          <Button variant="default" disabled={isBusy} onClick={() => void enter(logIn(config.testUser!))}>
            {texts.asTestUser}
          </Button>
        </>
      )}
      <Text size="sm">
        {isNew ? texts.hasAccount : texts.noAccount}{' '}
        <Anchor underline="always" component={Link} to={isNew ? '/login' : '/register'} state={state} replace>
          {isNew ? texts.login : texts.register}
        </Anchor>
      </Text>
    </Paper>
  );
}
