import { meaningOf, smtpFailureOf } from '../../../src/channels/email/smtp/smtp-answer';
import { pauseIn, smtpReplyOf } from '../../../src/channels/email/smtp/smtp-reply';

const at = {
  RCPT: { code: 'EENVELOPE', command: 'RCPT TO' },
  MAIL: { code: 'EENVELOPE', command: 'MAIL FROM' },
  DATA: { code: 'EENVELOPE', command: 'DATA' },
  body: { code: 'EMESSAGE', command: 'DATA' },
  login: { code: 'EAUTH', command: 'AUTH PLAIN' },
  greeting: { code: 'EPROTOCOL', command: 'CONN' },
};

function meaning(place: keyof typeof at, response: string): string {
  const error = Object.assign(new Error(response), { ...at[place], response });
  const answer = meaningOf(smtpFailureOf(error), place === 'body');
  return answer.kind === 'refused' ? answer.because : answer.trouble;
}

describe('R55: an answer of a mail server is read by its enhanced status', () => {
  it.each([
    ['RCPT', '550 5.1.1 No such user', 'address-refused'],
    ['RCPT', '550-5.1.1 The account does not exist.\n550 5.1.1 Check it', 'address-refused'],
    ['RCPT', '553 5.1.2 No such domain', 'address-refused'],
    ['RCPT', '550 5.1.10 It takes no mail', 'address-refused'],
    ['RCPT', '550 5.2.1 The mailbox is disabled', 'address-refused'],
    ['body', '550 5.1.1 No such user', 'address-refused'],
    ['MAIL', '550 5.1.8 Bad sender domain', 'blocked'],
    ['RCPT', '553 5.1.7 Bad sender', 'blocked'],
    ['RCPT', '550 5.4.5 Daily sending quota exceeded', 'blocked'],
    ['RCPT', '550 5.3.0 Mail system trouble', 'blocked'],
    ['RCPT', '554 5.5.1 Error: no valid recipients', 'blocked'],
    ['RCPT', '550 5.7.1 Relaying denied', 'blocked'],
    ['body', '550 5.7.1 Blocked by policy', 'blocked'],
    ['RCPT', '552 5.2.2 Mailbox full', 'deferred'],
    ['RCPT', '452 4.2.2 Mailbox full', 'deferred'],
    ['RCPT', '450 4.7.1 Greylisted', 'deferred'],
    ['RCPT', '550 4.4.7 Expired', 'deferred'],
    ['body', '552 5.3.4 Too big', 'content-refused'],
    ['body', '554 5.6.0 Malformed', 'content-refused'],
    ['RCPT', '550 5.2.0 Something about the mailbox', 'provider-refused'],
  ] as const)('at %s: %s is %s', (place, response, expected) => {
    expect(meaning(place, response)).toBe(expected);
  });

  it.each([
    ['RCPT', '550 No such user', 'address-refused'],
    ['RCPT', '556 Takes no mail', 'address-refused'],
    ['RCPT', '552 Over quota', 'deferred'],
    ['RCPT', '554 Client host blocked', 'blocked'],
    ['MAIL', '553 Not yours', 'blocked'],
    ['MAIL', '552 Too big', 'content-refused'],
    ['DATA', '554 No valid recipients', 'blocked'],
    ['body', '554 Spam', 'content-refused'],
    ['body', '451 Disk full', 'deferred'],
    ['MAIL', '421 Going down', 'unreachable'],
    ['RCPT', '503 Bad sequence', 'unreachable'],
    ['login', '535 5.7.8 Wrong password', 'unauthorized'],
    ['login', '454 4.7.0 Try later', 'unreachable'],
    ['MAIL', '530 5.7.0 Authenticate first', 'unauthorized'],
    ['greeting', '554 Go away', 'blocked'],
    ['greeting', '421 Too busy', 'unreachable'],
  ] as const)('without one by code and command: at %s: %s is %s', (place, response, expected) => {
    expect(meaning(place, response)).toBe(expected);
  });

  it.each([
    ['450 4.2.0 Greylisted, see https://example.org/help', undefined],
    ['451 4.7.1 Greylisting in action, please come back in 00:05:00', 300_000],
    ['450 Try again in 300 seconds', 300_000],
    ['421 4.7.0 Wait for 2 hours', 7_200_000],
    ['450 Deferred for 99999 hours', 86_400_000],
    ['450 Too many mails in 5 messages', undefined],
  ])('the pause in %s is %s', (text, expected) => {
    const reply = smtpReplyOf(text);

    expect(reply && pauseIn(reply)).toBe(expected);
  });
});
