/** What must stand nowhere but in the store: of a person, of a caller, of the environment. */
export const canaries = {
  address: 'canary-address@shop.test',
  phone: '+393335550142867',
  name: 'Canary "Trait" Ünlü',
  token: 'canary-token-of-a-link',
  secret: 'canary-secret-of-a-caller',
  apiKey: 'canary-key-of-the-environment-0123456789',
  signing: 'canary-secret-of-the-environment-0123456789',
  mailPassword: 'canary-password-of-the-mail-server',
} as const;

/** Distinct from every other text, whatever surrounds it. */
const needles = [...Object.values(canaries), '3335550142867', 'canary'];

/** The forms in which a text is written into URLs, headers, JSON, HTML and logs. */
const encodings: readonly ((text: string) => readonly string[])[] = [
  (text) => [text],
  (text) => [encodeURIComponent(text)],
  (text) => [JSON.stringify(text).slice(1, -1), JSON.stringify(JSON.stringify(text)).slice(3, -3)],
  (text) => [text.replaceAll('"', '&quot;'), text.replaceAll('@', '=40')],
  (text) => [Buffer.from(text).toString('hex'), Buffer.from(text).toString('latin1')],
  base64Of,
];

/** In base64 a text inside another one has three forms, by where it begins. */
function base64Of(text: string): readonly string[] {
  const { length } = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.from(`${' '.repeat(before)}${text}`).toString('base64');
    const own = whole.slice(Math.ceil((before * 4) / 3), Math.floor(((before + length) * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

const forms = new Map(
  needles.flatMap((needle) =>
    encodings
      .flatMap((encode) => [...encode(needle), ...encode(needle.toLowerCase())])
      .map((form) => [form.toLowerCase(), needle] as const),
  ),
);

/** The canaries that a text repeats, in any encoding and case. */
export function canariesIn(text: string): readonly string[] {
  const folded = text.toLowerCase();
  const found = [...forms].filter(([form]) => folded.includes(form));
  return [...new Set(found.map(([, needle]) => needle))];
}
