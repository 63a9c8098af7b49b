import { Text, Timeline } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconCreditCard,
  IconMail,
  IconPackage,
  IconReceipt,
  IconTruck,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Order, OrderEvent } from '../../api/types';
import { useFormats } from '../../components/useFormats';
import { usePageTexts } from '../../texts/texts';

const icons: Record<OrderEvent['type'], ReactNode> = {
  'order.created': <IconReceipt size={14} />,
  'order.processing': <IconPackage size={14} />,
  'order.paid': <IconCreditCard size={14} />,
  'order.failed': <IconAlertTriangle size={14} />,
  'order.cancelled': <IconArrowBackUp size={14} />,
  'order.shipped': <IconTruck size={14} />,
  'order.delivered': <IconCheck size={14} />,
  'payment.refunded': <IconArrowBackUp size={14} />,
  'stock.released': <IconArrowBackUp size={14} />,
  'email.sent': <IconMail size={14} />,
  'email.failed': <IconAlertTriangle size={14} />,
};

const bad = new Set<OrderEvent['type']>(['order.failed', 'email.failed']);

/** What happened when, by the order's own history. */
export function OrderTimeline({ order, events }: { order: Order; events: OrderEvent[] }) {
  const texts = usePageTexts('order');
  const { clock, duration } = useFormats();
  const begin = Date.parse(order.created_at);
  return (
    <>
      <Timeline active={events.length} bulletSize={28} mt="lg">
        {events.map((event) => (
          <Timeline.Item
            key={event.version}
            bullet={icons[event.type]}
            color={bad.has(event.type) ? 'red' : 'indigo'}
            title={texts.events[event.type]}
            data-event={event.type}
          >
            <Text size="sm" c="dimmed">
              {clock(event.created_at)} ·{' '}
              {texts.after(duration(Math.max(0, Date.parse(event.created_at) - begin)))}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
      <Text size="sm" c="dimmed" mt="lg">
        {texts.tookToAnswer(duration(order.processing_duration_ms))}
      </Text>
    </>
  );
}
