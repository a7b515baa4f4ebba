import { createRateLimit } from '../../../../src/api/http/admission/rate-limit';
import { workspaceId } from '../../../../src/core/ids';

const endless = { perSecond: 1, burst: 1_000_000 };
const workspace = workspaceId('shop');

describe('a rate limit', () => {
  it('attack 9: forgets the key that was idle longest, and no other, of very many', () => {
    const limit = createRateLimit({ key: { perSecond: 1, burst: 1 }, workspace: endless }, () => 0);
    const isGranted = (keyHash: string) => limit.take({ keyHash, workspace }).isGranted;
    isGranted('idle');
    isGranted('busy');

    const others = Array.from({ length: 9_999 }, (_, n) => isGranted(`k${n}`));

    expect(others).not.toContain(false);
    expect(isGranted('busy')).toBe(false);
    expect(isGranted('idle')).toBe(true);
  });

  it('takes nothing of a key whose workspace has nothing left', () => {
    const policies = { key: { perSecond: 1, burst: 2 }, workspace: { perSecond: 1, burst: 1 } };
    let now = 0;
    const limit = createRateLimit(policies, () => now);
    const take = (keyHash: string) => limit.take({ keyHash, workspace });
    take('other');

    const refused = [take('own'), take('own')];
    now = 1_000;
    const granted = take('own');

    expect(refused).toMatchObject([{ exhausted: 'workspace' }, { exhausted: 'workspace' }]);
    expect(granted.headers).toMatchObject({ RateLimit: '"key";r=1;t=1, "workspace";r=0;t=1' });
  });
});
