/** A reply of a mail server. Its enhanced status is that of RFC 3463. */
export type SmtpReply = Readonly<{
  code: number;
  /** The three numbers of the enhanced status, such as 5, 1, 1. */
  enhanced?: readonly [class_: number, subject: number, detail: number];
  text: string;
}>;

const form = /^(\d{3})[ -]?(?:([245])\.(\d{1,3})\.(\d{1,3})(?!\S))?/;

/** Reads a reply. Undefined where the text does not begin with a code. */
export function smtpReplyOf(text: string): SmtpReply | undefined {
  const [, code, ...parts] = form.exec(text) ?? [];
  if (code === undefined) return undefined;
  const [class_, subject, detail] = parts.map(Number);
  const hasStatus = class_ !== undefined && subject !== undefined && !Number.isNaN(class_);
  return {
    code: Number(code),
    text,
    ...(hasStatus && detail !== undefined && { enhanced: [class_, subject, detail] as const }),
  };
}

/** The codes of a reply in a line, such as `550 5.7.1`. */
export function statusOf({ code, enhanced }: SmtpReply): string {
  return enhanced ? `${code} ${enhanced.join('.')}` : String(code);
}

const unitsMs = { sec: 1_000, min: 60_000, hour: 3_600_000 } as const;
const longestMs = 24 * unitsMs.hour;

/**
 * The pause that a reply asks for, in milliseconds and at most a day. SMTP has no field for it, but
 * greylists and rate limits say it in words: `in 300 seconds`, `come back in 00:05:00`.
 */
export function pauseIn({ text }: SmtpReply): number | undefined {
  const ms = pauseByClock(text) ?? pauseInWords(text);
  return ms === undefined || ms === 0 ? undefined : Math.min(ms, longestMs);
}

function pauseByClock(text: string): number | undefined {
  const parts = /\b(?:in|after)\s+(\d{1,2}):(\d\d):(\d\d)\b/i.exec(text)?.slice(1).map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = parts ?? [];
  return parts && hours * unitsMs.hour + minutes * unitsMs.min + seconds * unitsMs.sec;
}

function pauseInWords(text: string): number | undefined {
  const form = /\b(?:in|for|after|within)\s+(\d{1,5})\s*(sec|min|hour)(?:ond|ute)?s?\b/i;
  const [, amount, unit] = form.exec(text) ?? [];
  const [, ms] = Object.entries(unitsMs).find(([name]) => name === unit?.toLowerCase()) ?? [];
  return ms === undefined ? undefined : Number(amount) * ms;
}
