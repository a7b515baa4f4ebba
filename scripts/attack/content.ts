import { among, flood, patient, surely, unless } from './connection';
import type { Attack } from './setting';
import { mailsTo, preview, putMail, putTemplate, settledMessage, tell } from './shop';

const created = [200, 201];
const refused = [400, 422];

const heavyMails: Attack = {
  item: 2,
  name: 'a template of few bytes takes long to render, in a mail of a journey',
  run: async (setting) => {
    const { author, writer, round } = setting;
    const spans = '<table class="items"><tr><td colspan="100000000">x</td></tr></table>';
    const loops = '{% for n in (1..1200) %}{% for m in (1..1200) %}{% endfor %}{% endfor %}';
    const faults: string[] = [];
    for (const [name, html] of Object.entries({ spans, loops })) {
      const id = `heavy-${name}`;
      faults.push(...unless(created, id, await putTemplate(author, id, { html })));
      faults.push(...unless(created, id, await putMail(author, id)));
      const userId = `${id}-${round}`;
      await tell(surely(writer), { name: id, userId, email: `${userId}@victim.test` });
      const { status, because } = await settledMessage(setting, userId);
      const expected = name === 'spans' ? 'sent' : 'failed';
      if (status !== expected) faults.push(`${id}: the message is ${status} ${because ?? ''}`);
    }
    return faults;
  },
};

const heavyLiquid: Attack = {
  item: 3,
  name: 'filters read a long path of each item of a range',
  run: async ({ author, floodMs }) => {
    const exp = await putTemplate(author, 'exp', { html: '{{ "a" | find_exp: "x", "x" }}' });
    const html = `{{ (1..500000) | where: "${'a.'.repeat(700)}" }}`;
    const long = await putTemplate(author, 'long', { html });
    const heard = await flood({ lanes: 4, forMs: floodMs }, () => preview(author, 'long'));
    return [
      ...unless(refused, 'a filter with an expression', exp),
      ...unless([...created, ...refused], 'a long path', long),
      ...among([...refused, 404, 429, 503], 'a preview of a long path', heard),
    ];
  },
};

const column = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`;

const heavyMjml: Attack = {
  item: 6,
  name: 'MJML of many lines and tags, and of many languages',
  run: async ({ author, floodMs }) => {
    const mjml = column('<mj-text/>\n'.repeat(11_000));
    const lines = await flood({ lanes: 2, forMs: floodMs }, () =>
      putTemplate(author, 'mjml', { mjml }),
    );
    const letters = Array.from({ length: 30 }, (_, n) => `${n < 26 ? 'a' : 'b'}${tagLetter(n)}`);
    const content = { subject: 'Hello', mjml: column('<mj-text>x</mj-text>'.repeat(300)) };
    const locales = Object.fromEntries(letters.map((tag) => [tag, content]));
    const body = { id: 'tongues', channel: 'email', defaultLocale: 'aa', locales };
    const tongues = await patient(author)({ method: 'PUT', path: '/v1/templates/tongues', body });
    return [
      ...among([...refused, 413, 429, 503], 'MJML of 11,000 lines', lines),
      ...unless(refused, 'MJML in 30 languages', tongues),
    ];
  },
};

function tagLetter(n: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (n % 26));
}

const hostileFacts: Attack = {
  item: 13,
  name: 'properties of an event become links and a subject',
  run: async (setting) => {
    const { author, writer, round } = setting;
    const id = 'hostile';
    const html = '<a href="{{ entry.properties.url }}">x</a><img src="{{ entry.properties.url }}">';
    await putTemplate(surely(author), id, { html, subject: 'About {{ entry.properties.name }}' });
    await putMail(surely(author), id);
    const userId = `${id}-${round}`;
    const email = `${userId}@victim.test`;
    const encoded = Buffer.from('Hi\r\nBcc: all@victim.test').toString('base64');
    const name = `=?utf-8?B?${encoded}?= ${'x'.repeat(900)}`;
    const properties = { url: 'javascript:alert(1)', name };
    await tell(surely(writer), { name: id, userId, email, properties });
    const { status } = await settledMessage(setting, userId);
    const mails = await mailsTo(setting, email);
    return [
      ...(status === 'sent' && mails.length === 1 ? [] : [`the mail is ${status}`]),
      ...mails.flatMap(({ html: received, subject }) => [
        ...(received.includes('javascript:') ? ['a mail has a javascript: link'] : []),
        // A fold of the header may have left a blank in it.
        ...(subject.replaceAll(/\s/g, '').length > 255 ? ['a subject is too long'] : []),
        ...(/[\r\n]/.test(subject) ? ['a subject has more lines than one'] : []),
      ]),
    ];
  },
};

export const contentAttacks: readonly Attack[] = [heavyMails, heavyLiquid, heavyMjml, hostileFacts];
