import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

/** Looks into everything that Temporal shows of workflows. */
export type Histories = Readonly<{
  /** Looks at all workflows, or at some that run; `holding` names those that hold the text. */
  holding(
    text: string,
    which: 'all' | 'some running',
  ): Promise<Readonly<{ seen: number; holding: readonly string[] }>>;
  close(): Promise<void>;
}>;

const atOnce = 20;
const some = 60;

export async function openHistories(address: string): Promise<Histories> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const holds = async (workflowId: string, text: string) => {
    const handle = client.workflow.getHandle(workflowId);
    const [history, { raw }] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    const { History } = temporal.api.history.v1;
    const { DescribeWorkflowExecutionResponse: Description } = temporal.api.workflowservice.v1;
    const bytes = [History.encode(history).finish(), Description.encode(raw).finish()];
    return bytes.some((part) => Buffer.from(part).includes(text));
  };
  return {
    holding: async (text, which) => {
      const query = which === 'all' ? '' : 'ExecutionStatus = "Running"';
      const ids: string[] = [];
      for await (const { workflowId } of client.workflow.list({ query })) {
        ids.push(workflowId);
        if (which !== 'all' && ids.length === some) break;
      }
      const holding: string[] = [];
      for (let from = 0; from < ids.length; from += atOnce) {
        const next = ids.slice(from, from + atOnce);
        const found = await Promise.all(next.map((id) => holds(id, text)));
        holding.push(...next.filter((_, index) => found[index]));
      }
      return { seen: ids.length, holding };
    },
    close: () => connection.close(),
  };
}
