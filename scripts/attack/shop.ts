import { until } from '../survive/stack';
import type { Connection, Heard } from './connection';
import type { Setting } from './setting';

type Content = Readonly<{ subject?: string; html?: string; mjml?: string }>;

export function templateOf(id: string, content: Content): object {
  const en = { subject: 'Hello', ...content };
  return { id, channel: 'email', defaultLocale: 'en', locales: { en } };
}

export function putTemplate(by: Connection, id: string, content: Content): Promise<Heard> {
  return by({ method: 'PUT', path: `/v1/templates/${id}`, body: templateOf(id, content) });
}

export function preview(by: Connection, id: string): Promise<Heard> {
  return by({ method: 'POST', path: `/v1/templates/${id}/preview`, body: {} });
}

export function putJourney(by: Connection, id: string, parts: object): Promise<Heard> {
  const body = { id, name: id, stage: 'decision', entry: { events: [id] }, ...parts };
  return by({ method: 'PUT', path: `/v1/journeys/${id}`, body });
}

/** A journey that writes one mail to whoever its event names. The event has its name. */
export function putMail(by: Connection, id: string, purpose = 'transactional'): Promise<Heard> {
  const steps = [{ id: 'mail', kind: 'send', template: id, purpose }];
  return putJourney(by, id, { steps });
}

type Told = Readonly<{ name: string; userId: string; email?: string; properties?: object }>;

export function tell(by: Connection, { name, userId, email, properties }: Told): Promise<Heard> {
  const contact = { userId, ...(email !== undefined && { email }) };
  return by({ method: 'POST', path: '/v1/events', body: { name, contact, properties } });
}

type Line = Readonly<{ status: string; because?: string }>;

/** Waits until the one message to a contact has come to an end, and answers it. */
export function settledMessage({ owner }: Setting, userId: string): Promise<Line> {
  return until(`the message to ${userId} is settled`, async () => {
    const { text } = await owner({ method: 'GET', path: `/v1/messages?contact=${userId}` });
    const { data: [line] = [] } = parsed(text) as Readonly<{ data?: readonly Line[] }>;
    return line && !['claimed', 'handing'].includes(line.status) ? line : undefined;
  });
}

type Mail = Readonly<{
  subject: string;
  html: string;
  to: readonly Readonly<{ address: string }>[];
}>;

export async function mailsTo({ mailbox }: Setting, address: string): Promise<readonly Mail[]> {
  const mails = (await (await fetch(`${mailbox}/email`)).json()) as readonly Mail[];
  return mails.filter(({ to }) => to.some((one) => one.address === address));
}

export function parsed(text: string): unknown {
  return JSON.parse(text || '{}');
}
