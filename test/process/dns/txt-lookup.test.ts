import { createTxtLookup } from '../../../src/process/dns/txt-lookup';
import { openDnsServer, type DnsServer } from '../../support/dns-server';

let dns: DnsServer;

beforeAll(async () => {
  dns = await openDnsServer();
});
afterAll(() => dns.close());

describe('a look-up of TXT records', () => {
  it('answers each text whole, however many chunks it has', async () => {
    const long = 'x'.repeat(600);
    dns.records.set('_itinera.shop.example', ['v=spf1 -all', long]);

    const texts = await createTxtLookup(dns.address)('_itinera.shop.example');

    expect(texts).toEqual(['v=spf1 -all', long]);
  });

  it.each([
    ['a name that is unknown', 'unknown.example'],
    ['a name with other records only', 'bare.example'],
  ])('finds nothing at %s', async (_what, name) => {
    dns.records.set('bare.example', []);

    expect(await createTxtLookup(dns.address)(name)).toEqual([]);
  });

  it('says that there was no answer, within the time of a request', async () => {
    dns.silent.add('silent.example');
    const startedAt = performance.now();

    const texts = await createTxtLookup(dns.address)('silent.example');

    expect(texts).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(1_450);
  });
});
