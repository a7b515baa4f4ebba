import { patient } from '../../../src/api/templates/patient';
import type { Renderer } from '../../../src/channels/templates/renderer';
import { workspaceId } from '../../../src/core/ids';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('a rendering that takes longer than a store may', () => {
  it('counts as progress while it lasts, and no longer', async () => {
    const progressed = jest.fn();
    let settle = (): void => undefined;
    const work = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const slow = { preview: () => work } as unknown as Renderer;
    const renderer = patient(() => slow, progressed)(workspaceId('default'));

    const preview = renderer.preview({} as never, {} as never);
    jest.advanceTimersByTime(1_600);
    settle();
    await preview;
    jest.advanceTimersByTime(1_600);

    expect(progressed).toHaveBeenCalledTimes(3);
  });
});
