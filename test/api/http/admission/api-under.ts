import { once } from 'node:events';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../../src/api/app';
import { countReceipts } from '../../../../src/api/events/count-receipts';
import { countShed, showLoad } from '../../../../src/api/http/admission/metrics';
import { keyRate, openDoor } from '../../../support/admission';
import { adminKey, type TestApi } from '../../test-api';

type Given = Parameters<typeof openDoor>[0];

/** The same API under other circumstances. */
export function apiUnder(
  api: TestApi,
  given: Given,
  { inFlight = 0, ...changed }: Partial<TestApi['deps']> & Readonly<{ inFlight?: number }> = {},
) {
  const registry = new Registry();
  const admission = openDoor({
    rates: keyRate({ perSecond: 1, burst: 100 }),
    onShed: countShed(registry),
    ...given,
  });
  const never = () => new Promise<void>(() => undefined);
  Array.from({ length: inFlight }, () => void admission.during('rest', never));
  showLoad(registry, {
    backlog: () => ({ pending: 5, dead: 2, ageMs: 1_500 }),
    ...admission,
  });
  const intake = countReceipts(api.deps.intake, registry);
  const app = createApp({ ...api.deps, intake, admission, registry, ...changed });
  const client = supertest.agent(app).set('Authorization', `Bearer ${adminKey}`);
  return Object.assign(client, { app, admission, metrics: () => registry.metrics() });
}

export const event = (id: string) => ({ id, name: 'A', contact: { userId: 'ada' } });

/** Begins a request whose body never comes. `admitted` resolves once the api asks for the body. */
export function beginBody(port: number, key: string) {
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n');
  socket.write(
    `Authorization: Bearer ${key}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n`,
  );
  return { socket, admitted: once(socket, 'data') };
}
