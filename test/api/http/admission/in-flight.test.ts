import { createInFlight } from '../../../../src/api/http/admission/in-flight';

describe('work in flight', () => {
  it('counts until it has ended', async () => {
    const inFlight = createInFlight();
    let end: () => void = () => undefined;
    const working = inFlight.during(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );

    const meanwhile = inFlight.count();
    end();
    await working;

    expect([meanwhile, inFlight.count()]).toEqual([1, 0]);
  });

  it('ends also where it fails', async () => {
    const inFlight = createInFlight();

    const failing = inFlight.during(() => Promise.reject(new Error('away')));
    await expect(failing).rejects.toThrow('away');

    expect(inFlight.count()).toBe(0);
  });
});
