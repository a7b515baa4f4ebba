import type { Connection } from 'mongoose';
import type { WorkspaceId } from '../../core/ids';
import type { SwitchedOff, SwitchName } from '../../core/messages/switches';
import { DomainError } from '../../core/domain-error';
import { json, type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { createRows } from '../mongo/rows';

/** The most that a workspace has switched off at once. */
export const mostSwitchedOff = 1_000;

/** The things that a workspace has switched off. */
export type Switches = Readonly<{
  /** In the order in which they were switched off. */
  off: (workspace: WorkspaceId) => Promise<readonly SwitchedOff[]>;
  /** The first record of a thing stays. Throws `invalid` where too much is off. */
  turnOff: (workspace: WorkspaceId, off: SwitchedOff) => Promise<void>;
  turnOn: (workspace: WorkspaceId, name: SwitchName) => Promise<void>;
}>;

type SwitchRow = Readonly<{ _id: WorkspaceId; off: readonly SwitchedOff[] }>;

const collection: Collection<SwitchRow> = { name: 'switches', fields: { off: json } };

export function createSwitches(connection: Connection, scope: StoreScope): Switches {
  const rows = createRows<SwitchRow>(connection, collection, scope);
  const off = async (workspace: WorkspaceId) => (await rows.first({ _id: workspace }))?.off ?? [];
  return {
    off,
    turnOff: async (workspace, switched) => {
      const { kind, name } = switched;
      if (await rows.insert({ _id: workspace, off: [switched] })) return;
      const isOn = { off: { $not: { $elemMatch: { kind, name } } } };
      const hasRoom = { [`off.${mostSwitchedOff - 1}`]: { $exists: false } };
      const change = { $push: { off: switched } };
      if (await rows.change({ _id: workspace, ...isOn, ...hasRoom }, change)) return;
      const already = (await off(workspace)).some(
        (each) => each.kind === kind && each.name === name,
      );
      if (!already) throw tooMuchOff();
    },
    turnOn: async (workspace, { kind, name }) => {
      await rows.change({ _id: workspace }, { $pull: { off: { kind, name } } });
    },
  };
}

function tooMuchOff(): DomainError {
  return new DomainError(
    'invalid',
    `The workspace has switched ${mostSwitchedOff} things off, and no room for another; switch some of them on.`,
  );
}
