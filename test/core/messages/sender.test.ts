import { domainsOver, domainToConfirm } from '../../../src/core/messages/sender';

describe('the domain of a sender', () => {
  it.each([
    ['shop@shop.example', ['shop.example']],
    ['shop@mail.shop.example', ['other.example', 'shop.example']],
    ['Shop@SHOP.Example', ['shop.example']],
    ['ciao@bücher.example', ['xn--bcher-kva.example']],
    ['anybody@anywhere.example', 'all'],
  ] as const)('needs no confirmation: %s where the operator trusts %j', (from, trusted) => {
    expect(domainToConfirm(from, trusted)).toBeUndefined();
  });

  it.each([
    ['shop@evil-shop.example', 'evil-shop.example'],
    ['shop@shop.example.evil.test', 'shop.example.evil.test'],
    ['shop.example@evil.test', 'evil.test'],
    ['shop@example', 'example'],
    ['shop@shоp.example', 'xn--shp-ted.example'],
    ['shop@shop.example@evil.test', 'evil.test'],
  ])('attack 14: is not that of a trusted one for its likeness: %s', (from, domain) => {
    expect(domainToConfirm(from, ['shop.example'])).toBe(domain);
  });

  it('is confirmed by itself and by those above it', () => {
    expect(domainsOver('news.shop.example')).toEqual([
      'news.shop.example',
      'shop.example',
      'example',
    ]);
  });
});
