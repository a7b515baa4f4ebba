import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { localServer, timeSkippingServer } from './temporal';

describe('servers for tests', () => {
  it.each([
    ['a local one', localServer],
    ['a time-skipping one', timeSkippingServer],
  ])('%s takes a workflow with our search attributes', async (_name, startServer) => {
    const server = await startServer();

    const handle = await server.client.workflow.start('enrollment', {
      taskQueue: 'nobody',
      workflowId: 'cart-recovery.c1',
      typedSearchAttributes: [
        { key: defineSearchAttributeKey('Workspace', SearchAttributeType.KEYWORD), value: 'w' },
        { key: defineSearchAttributeKey('JourneyId', SearchAttributeType.KEYWORD), value: 'j' },
        { key: defineSearchAttributeKey('JourneyVersion', SearchAttributeType.INT), value: 1 },
        { key: defineSearchAttributeKey('ContactId', SearchAttributeType.KEYWORD), value: 'c' },
        { key: defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD), value: 'decision' },
      ],
    });
    const { typedSearchAttributes } = await handle.describe();
    await server.teardown();

    expect(
      typedSearchAttributes.get(
        defineSearchAttributeKey('JourneyVersion', SearchAttributeType.INT),
      ),
    ).toBe(1);
  });
});
