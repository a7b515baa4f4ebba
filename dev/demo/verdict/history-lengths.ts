import { Client, Connection } from '@temporalio/client';

/** The number of history events of each workflow, as the Temporal server counts them. */
export async function historyLengthsOf(
  ids: readonly string[],
  { temporal: address }: Readonly<{ temporal: string }>,
): Promise<ReadonlyMap<string, number>> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection });
    const lengths = ids.map(async (id) => {
      const { historyLength } = await workflow.getHandle(id).describe();
      return [id, historyLength] as const;
    });
    return new Map(await Promise.all(lengths));
  } finally {
    await connection.close();
  }
}
