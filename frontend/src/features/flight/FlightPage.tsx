import { PageTitle } from '../../components/PageTitle';
import '../../app/mantineRest.css';
import { Button, Skeleton, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { config } from '../../app/config';
import { useArchitecture } from '../../app/hooks';
import Empty from '../../components/Empty';
import Failed from '../../components/Failed';
import { usePageTexts, useTexts } from '../../texts/texts';
import { readFlight } from './flight';
import classes from './FlightPage.module.css';
import { FlightView } from './FlightView';
import { useFlight } from './useFlight';

/** What an order set in motion: every call, event and wait, by the recorded spans of all services. */
export default function FlightPage() {
  const id = Number(useParams().id);
  const texts = usePageTexts('flight');
  const architecture = useArchitecture();
  return (
    <div className={classes.stage}>
      <Button
        component={Link}
        to={`/orders/${id}`}
        variant="subtle"
        size="compact-md"
        leftSection={<IconArrowLeft size={16} aria-hidden />}
        ml={-8}
      >
        {texts.back}
      </Button>
      <PageTitle of={texts.title(id)} />
      <Title order={1}>{texts.title(id)}</Title>
      <Text c="dimmed" mb="md">
        {texts.lead[architecture]}
      </Text>
      {config.flightRecorder === null ? <Empty title={texts.off} /> : <Recorded key={architecture} id={id} />}
    </div>
  );
}

function Recorded({ id }: { id: number }) {
  const { flight, isGrowing } = useFlight(id);
  const diagram = useMemo(() => readFlight(flight.data?.spans ?? []), [flight.data]);
  if (diagram) {
    return <FlightView diagram={diagram} isGrowing={isGrowing} />;
  }
  if (flight.isLoading || isGrowing) {
    return <Skeleton h={480} />;
  }
  return <Missing failure={flight.error} retry={flight.refetch} />;
}

/** Why there is nothing to see, which is no failure of the shop. */
function Missing({ failure, retry }: { failure: unknown; retry: () => void }) {
  const texts = usePageTexts('flight');
  const { problem, nav } = useTexts();
  const status = (failure as { status?: number } | undefined)?.status ?? 404;
  if (status === 401) {
    return (
      <Empty title={texts.forbidden}>
        <Button component={Link} to="/login">
          {nav.login}
        </Button>
      </Empty>
    );
  }
  if (status !== 404 && status !== 0) {
    return <Failed failure={failure} retry={retry} />;
  }
  return (
    <Empty
      title={status === 0 ? texts.unreachable : texts.missing}
      hint={status === 0 ? texts.unreachableHint : texts.missingHint}
    >
      <Button variant="default" onClick={retry}>
        {problem.retry}
      </Button>
    </Empty>
  );
}
