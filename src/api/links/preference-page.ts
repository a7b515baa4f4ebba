import { isWithdrawable, type Purpose } from '../../core/channels';
import type { UnsubscribeClaim } from '../../links/token';
import type { Preference } from '../../operations/contacts/preferences';
import type { Reply } from '../http/reply';
import { choiceOf, nothingMore } from './choice';
import { escaped, page } from './page';
import { pageWords, type PageLanguage, type PageWords } from './page-words';

type Shown = Readonly<{
  language: PageLanguage;
  /** The name of the workspace. */
  shop: string;
  /** The message whose link was opened. */
  claim: UnsubscribeClaim;
  preferences: readonly Preference[];
  /** Tells the person what it has done just now. */
  done?: 'unsubscribed' | 'saved';
}>;

/**
 * Says what the person gets, with a button for each change. It names no address and no other fact
 * of the contact: a message may have been passed on.
 */
export function preferencePage({ language, shop, claim, preferences, done }: Shown): Reply {
  const words = pageWords[language];
  const title = done === 'unsubscribed' ? words.unsubscribed : words.titleOf(escaped(shop));
  const content = [
    done === 'saved' ? `<p role="status">${words.saved}</p>` : '',
    done === undefined ? questionAbout(claim, { words, preferences }) : '',
    done === 'unsubscribed' ? `<p role="status">${consequenceOf(claim, words)}</p>` : '',
    listOf(preferences, words),
    `<h2>${words.nothing}</h2><p>${words.remaining}</p>`,
    `<form method="post">${button(nothingMore, words.nothingMore)}</form>`,
  ];
  return page({ status: 200, language, title, content: content.join('\n') });
}

/** A link of a message that cannot be refused. No message has such a link any more. */
export function notWithdrawablePage(language: PageLanguage): Reply {
  const words = pageWords[language];
  const content = `<p>${words.notWithdrawableWhy}</p>`;
  return page({ status: 200, language, title: words.notWithdrawable, content });
}

/** Answers every token that is not ours, and those of contacts that are gone, alike. */
export function unknownLinkPage(language: PageLanguage): Reply {
  const words = pageWords[language];
  return page({
    status: 404,
    language,
    title: words.unknown,
    content: `<p>${words.unknownWhy}</p>`,
  });
}

type Telling = Readonly<{ words: PageWords; preferences: readonly Preference[] }>;

/** The button posts what a mail program does by one click. */
function questionAbout(claim: UnsubscribeClaim, { words, preferences }: Telling): string {
  const isOff = preferences.some(
    ({ purpose, channel, isOn }) => purpose === claim.purpose && channel === claim.channel && !isOn,
  );
  if (isOff) return `<p>${consequenceOf(claim, words)}</p>`;
  const question = words.question(purposeIn(words, claim.purpose), words.channels[claim.channel]);
  return `<p>${question}</p><form method="post"><button class="main" name="List-Unsubscribe" value="One-Click">${words.unsubscribe}</button></form>`;
}

function consequenceOf({ purpose, channel }: UnsubscribeClaim, words: PageWords): string {
  return words.consequence(purposeIn(words, purpose), words.channels[channel]);
}

function listOf(preferences: readonly Preference[], words: PageWords): string {
  if (preferences.length === 0) return '';
  const lines = preferences.map((preference) => lineOf(preference, words));
  return `<h2>${words.all}</h2><section><form method="post"><ul>${lines.join('\n')}</ul></form></section>`;
}

function lineOf({ purpose, channel, isOn, isBlocked }: Preference, words: PageWords): string {
  const topic = words.topic(purposeIn(words, purpose), words.channels[channel]);
  const meaning = isWithdrawable(purpose) ? words.meanings[purpose] : '';
  const blocked = isBlocked ? `<small>${words.blocked}</small>` : '';
  const choice = choiceOf({ purpose, channel, given: !isOn });
  const label = isOn ? words.turnOff : words.turnOn;
  return `<li><div><b>${topic}</b>: ${isOn ? words.on : words.off}<small>${meaning}</small>${blocked}</div>${button(choice, label, topic)}</li>`;
}

/** The choice stands in the query, so that no body has to be read. */
function button(choice: string, label: string, topic?: string): string {
  const named = topic === undefined ? '' : ` aria-label="${label}: ${topic}"`;
  return `<button formaction="?set=${choice}"${named}>${label}</button>`;
}

function purposeIn({ purposes }: PageWords, purpose: Purpose): string {
  return isWithdrawable(purpose) ? purposes[purpose] : purpose;
}
