import type { GivenMessage } from './gateway/protocol';

/** An app in which a person reads messages. */
export type PhoneApp = 'sms' | 'whatsapp';

type Look = Readonly<{ title: string; wall: string; bubble: string; bar: string }>;

const apps: Readonly<Record<PhoneApp, Look>> = {
  sms: { title: 'SMS', wall: '#ffffff', bubble: '#e9e9eb', bar: '#f6f6f6' },
  whatsapp: { title: 'WhatsApp', wall: '#efe7de', bubble: '#ffffff', bar: '#e4f2ec' },
};

/** The name of an app as people say it. */
export function titleOf(app: PhoneApp): string {
  return apps[app].title;
}

/** A message as a telephone shows it, in the width of one. */
export function phonePage({ from, text }: GivenMessage, app: PhoneApp): string {
  const { title, wall, bubble, bar } = apps[app];
  const phone = look({
    'max-width': '360px',
    margin: '16px auto',
    border: '8px solid #222222',
    'border-radius': '32px',
    overflow: 'hidden',
    background: wall,
    color: '#111111',
    font: '16px/1.4 system-ui,sans-serif',
  });
  const head = look({ padding: '12px 16px', background: bar });
  const words = look({
    'max-width': '280px',
    margin: '16px 12px 64px',
    padding: '8px 12px',
    background: bubble,
    'border-radius': '16px',
    'white-space': 'pre-wrap',
    'overflow-wrap': 'anywhere',
  });
  return (
    `<div style="${phone}"><div style="${head}"><strong>${escaped(from)}</strong> · ${title}</div>` +
    `<div style="${words}">${linked(text)}</div></div>`
  );
}

function look(styles: Readonly<Record<string, string>>): string {
  return Object.entries(styles)
    .map((pair) => pair.join(':'))
    .join(';');
}

const link = /(https?:\/\/[^\s<>"']+)/;

/** Telephones make links of web addresses. */
function linked(text: string): string {
  return text
    .split(link)
    .map((piece, index) => (index % 2 === 1 ? anchor(piece) : escaped(piece)))
    .join('');
}

function anchor(address: string): string {
  return `<a href="${escaped(address)}">${escaped(address)}</a>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}
