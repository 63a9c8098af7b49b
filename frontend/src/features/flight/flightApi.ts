import { shopApi } from '../../api/shopApi';
import { config } from '../../app/config';
import type { Flight } from './spans';

const flightApi = shopApi.injectEndpoints({
  endpoints: (build) => ({
    flight: build.query<Flight, number>({
      query: (order_id) => ({ host: config.flightRecorder ?? '', path: `/orders/${order_id}/flight` }),
    }),
  }),
});

export const { useFlightQuery } = flightApi;
