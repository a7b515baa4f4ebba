import fc from 'fast-check';
import { contactId, workspaceId } from '../../src/core/ids';
import { createLinks, type UnsubscribeClaim } from '../../src/links/token';

const links = createLinks({
  secret: 'a secret of at least thirty-two characters',
  publicUrl: 'https://shop.example/',
});

const claim: UnsubscribeClaim = {
  workspace: workspaceId('w-demo'),
  contact: contactId('cabcdefghijklmnop'),
  channel: 'email',
  purpose: 'marketing',
};

function tokenOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

const token = tokenOf(links.unsubscribeUrl(claim));

describe('an unsubscribe link', () => {
  it('gives its claim back', () => {
    expect(links.readUnsubscribe(token)).toEqual(claim);
  });

  it('lies below the public address', () => {
    expect(links.unsubscribeUrl(claim)).toBe(`https://shop.example/u/${token}`);
  });

  it('fits a URL path as it is, and is short', () => {
    expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
    expect(token.length).toBeLessThan(120);
  });

  it('is the same every time', () => {
    expect(links.unsubscribeUrl(claim)).toBe(links.unsubscribeUrl({ ...claim }));
  });

  it('gives back any claim we can make', () => {
    const ids = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(
        ids,
        ids,
        fc.constantFrom('transactional', 'service', 'marketing'),
        (workspace, contact, purpose) => {
          const made: UnsubscribeClaim = {
            workspace: workspaceId(workspace),
            contact: contactId(contact),
            channel: 'email',
            purpose,
          };

          expect(links.readUnsubscribe(tokenOf(links.unsubscribeUrl(made)))).toEqual(made);
        },
      ),
    );
  });

  it('is nobody else’s: another secret reads nothing', () => {
    const others = createLinks({ secret: 'another secret', publicUrl: 'https://shop.example' });

    expect(others.readUnsubscribe(token)).toBeUndefined();
  });

  it('is not accepted when changed in any way', () => {
    const mutation = fc.record({
      at: fc.nat({ max: token.length }),
      cut: fc.nat({ max: 3 }),
      put: fc.string({
        maxLength: 3,
        unit: fc.constantFrom(...Array.from('AaBbZz09-_.=+/ \n\u0000é')),
      }),
    });
    const mutated = mutation
      .map(({ at, cut, put }) => token.slice(0, at) + put + token.slice(at + cut))
      .filter((text) => text !== token);

    fc.assert(
      fc.property(mutated, (text) => {
        expect(links.readUnsubscribe(text)).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    '',
    '.',
    '..',
    'a',
    'null.',
    `${token}.`,
    `.${token}`,
    `${token}=`,
    token.toUpperCase(),
  ])('is not accepted as %j', (text) => {
    expect(links.readUnsubscribe(text)).toBeUndefined();
  });
});
