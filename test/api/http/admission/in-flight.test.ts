import { createInFlight } from '../../../../src/api/http/admission/in-flight';

describe('visits', () => {
  it('are counted from their head to their answer', () => {
    const visits = createInFlight();
    const [one, other] = [visits.enter(), visits.enter()];

    one.leave();

    expect(visits.count()).toBe(1);
    other.leave();
    expect(visits.count()).toBe(0);
  });

  it('that were given up are counted until their work has ended', async () => {
    const visits = createInFlight();
    const visit = visits.enter();
    let end: () => void = () => undefined;
    const working = visit.during(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );

    visit.leave();
    const meanwhile = visits.count();
    end();
    await working;

    expect([meanwhile, visits.count()]).toEqual([1, 0]);
  });

  it('end also with work that fails', async () => {
    const visits = createInFlight();
    const visit = visits.enter();

    const failing = visit.during(() => Promise.reject(new Error('away')));
    await expect(failing).rejects.toThrow('away');
    visit.leave();

    expect(visits.count()).toBe(0);
  });
});
