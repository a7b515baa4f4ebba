import { z } from 'zod';
import { channels } from '../../core/channels';
import { switchKinds, type SwitchedOff } from '../../core/messages/switches';
import type { WorkspaceId } from '../../core/ids';
import { isoOf, isoSchema } from '../http/answers';
import { reasonInput } from '../enrollments/interventions';
import { operation } from '../http/operation';
import { json, refusal, type Reply } from '../http/reply';
import type { ApiDependencies } from '../dependencies';

const switchSchema = z
  .object({
    kind: z.enum(switchKinds),
    name: z.string(),
    reason: z.string(),
    by: z.string().meta({ description: 'The name of the key that switched it off' }),
    at: isoSchema,
  })
  .meta({ id: 'SwitchedOff' });

const answers = {
  200: {
    description: 'Everything that is off now, what went off first first',
    schema: z.object({ data: z.array(switchSchema) }),
  },
};

const params = z.strictObject({
  kind: z.enum(switchKinds),
  name: z.string().min(1).max(100).meta({ description: 'Such as email, smtp or cart-recovery' }),
});

export const listSwitches = operation({
  summary: 'What is switched off',
  answers,
  handle: ({ workspace }, deps) => switchedOff(deps, workspace.id),
});

export const putSwitch = operation({
  summary: 'Switch a channel, a provider or a journey off or on',
  description:
    'Off: within two seconds nothing of the workspace goes out by it. Its messages are held and do not fail; once it is on again they pass the whole gate, and go out within a quarter of an hour. A repeat changes nothing.',
  params,
  body: z.strictObject({ on: z.boolean(), reason: reasonInput }),
  answers,
  refuses: ['unprocessable'],
  handle: async ({ params: { kind, name }, body: { on, reason }, workspace, keyName }, deps) => {
    if (kind === 'channel' && !channels.some((each) => each === name)) {
      return refusal(
        'unprocessable',
        `There is no channel "${name}"; name ${channels.join(', ')}.`,
      );
    }
    const { switches } = deps.store;
    if (on) await switches.turnOn(workspace.id, { kind, name });
    else {
      const off = { kind, name, reason, by: keyName, at: deps.clock.now() };
      await switches.turnOff(workspace.id, off);
    }
    return switchedOff(deps, workspace.id);
  },
});

async function switchedOff({ store }: ApiDependencies, workspace: WorkspaceId): Promise<Reply> {
  return json(200, { data: (await store.switches.off(workspace)).map(viewOf) });
}

function viewOf({ at, ...off }: SwitchedOff) {
  return { ...off, at: isoOf(at) };
}
