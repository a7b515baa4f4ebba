import fc from 'fast-check';
import { contactId, workspaceId } from '../../src/core/ids';
import { createLinks, type UnsubscribeClaim } from '../../src/links/token';

const secret = 'a secret of at least thirty-two characters';
const older = { id: 'older', bytes: Buffer.alloc(32, 1) };
const newer = { id: 'newer', bytes: Buffer.alloc(32, 2) };
const tokenOfVersion01 =
  'WyJ3LWRlbW8iLCJjYWJjZGVmZ2hpamtsbW5vcCIsImVtYWlsIiwibWFya2V0aW5nIl0.TUza-hErxvPEjfbfAoC2Iw';
const publicUrl = 'https://shop.example/';
const links = createLinks({ keys: [older], unnamed: [secret], publicUrl });

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
    const others = createLinks({ keys: [newer], unnamed: ['another secret'], publicUrl });

    expect(others.readUnsubscribe(token)).toBeUndefined();
  });

  it('names its key, and is signed by the newest', () => {
    const rotated = createLinks({ keys: [newer, older], unnamed: [], publicUrl });

    expect(token.split('.')[1]).toBe('older');
    expect(tokenOf(rotated.unsubscribeUrl(claim)).split('.')[1]).toBe('newer');
  });

  it('stays valid while its key is known', () => {
    const rotated = createLinks({ keys: [newer, older], unnamed: [], publicUrl });

    expect(rotated.readUnsubscribe(token)).toEqual(claim);
  });

  it.each([
    ['the secret', [secret]],
    ['the secret before a newer one', ['another secret', secret]],
  ])('of version 0.1 is valid under %s', (_which, unnamed) => {
    const later = createLinks({ keys: [newer], unnamed, publicUrl });

    expect(later.readUnsubscribe(tokenOfVersion01)).toEqual(claim);
  });

  it('of version 0.1 is not valid under another secret', () => {
    const others = createLinks({ keys: [newer], unnamed: ['another secret'], publicUrl });

    expect(others.readUnsubscribe(tokenOfVersion01)).toBeUndefined();
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
