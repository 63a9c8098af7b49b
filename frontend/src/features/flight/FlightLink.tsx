import { Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { Link } from 'react-router';
import { config } from '../../app/config';
import { usePageTexts } from '../../texts/texts';

/** To what happened behind an order, where a flight recorder runs. */
export function FlightLink({ id }: { id: number }) {
  const { open } = usePageTexts('flight');
  return (
    config.flightRecorder !== null && (
      <Button
        component={Link}
        to={`/orders/${id}/flight`}
        variant="default"
        mt="md"
        leftSection={<IconRoute size={18} aria-hidden />}
      >
        {open}
      </Button>
    )
  );
}
