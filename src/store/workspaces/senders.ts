import type { Connection } from 'mongoose';
import type { WorkspaceId } from '../../core/ids';
import {
  domainsOver,
  domainToConfirm,
  type Sender,
  type TrustedDomains,
} from '../../core/messages/sender';
import type { Instant } from '../../core/time/clock';
import type { Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { oneOf } from '../mongo/one-of';
import { mapPage, pageByUnique, type Page, type PageRequest } from '../mongo/page';
import { rowId } from '../mongo/row-id';
import { createRows } from '../mongo/rows';
import { refuseOneMore } from '../quotas';

/** The domains that workspaces send from. */
export type Senders = Readonly<{
  /** Adds a sender. A repeat answers what is there. Throws `invalid` where there is no room. */
  add: (
    workspace: WorkspaceId,
    sender: Sender,
  ) => Promise<Readonly<{ created: boolean; sender: Sender }>>;
  find: (workspace: WorkspaceId, domain: string) => Promise<Sender | undefined>;
  /** In the order of their domains. */
  list: (workspace: WorkspaceId, page: PageRequest) => Promise<Page<Sender>>;
  /** Keeps the instant of the first confirmation. */
  confirm: (workspace: WorkspaceId, domain: string, at: Instant) => Promise<void>;
  withdraw: (workspace: WorkspaceId, domain: string) => Promise<void>;
  /** False where there was none. */
  remove: (workspace: WorkspaceId, domain: string) => Promise<boolean>;
  /**
   * The domain of an address if the workspace may not send from it. Inside `causally` it misses no
   * change acknowledged before.
   */
  unconfirmed: (
    workspace: WorkspaceId,
    from: string,
    trusted: TrustedDomains,
  ) => Promise<string | undefined>;
}>;

type SenderRow = Sender & Readonly<{ _id: string; workspace: WorkspaceId }>;

const collection: Collection<SenderRow> = {
  name: 'senders',
  fields: {
    workspace: String,
    domain: String,
    token: String,
    createdAt: Number,
    confirmedAt: Number,
  },
  indexes: [[{ workspace: 1, domain: 1 }, { unique: true }]],
};

export function createSenders(connection: Connection, scope: StoreScope): Senders {
  const rows = createRows<SenderRow>(connection, collection, scope);
  const find = async (workspace: WorkspaceId, domain: string) => {
    const row = await rows.first({ workspace, domain });
    return row && senderOf(row);
  };
  return {
    find,
    add: async (workspace, sender) => {
      const { domain } = sender;
      const before = await find(workspace, domain);
      if (before) return { created: false, sender: before };
      await refuseOneMore(workspace, { rows, things: 'senders' });
      const created = await rows.insert({ _id: rowId(workspace, domain), workspace, ...sender });
      return { created, sender: (await find(workspace, domain)) ?? sender };
    },
    list: async (workspace, request) =>
      mapPage(await pageByUnique(rows.all, { workspace }, request, { by: 'domain' }), senderOf),
    confirm: async (workspace, domain, at) => {
      const pending = { workspace, domain, confirmedAt: { $exists: false } };
      await rows.change(pending, { $set: { confirmedAt: at } });
    },
    withdraw: async (workspace, domain) => {
      await rows.change({ workspace, domain }, { $unset: { confirmedAt: '' } });
    },
    remove: async (workspace, domain) => {
      const isThere = (await find(workspace, domain)) !== undefined;
      if (isThere) await rows.remove({ workspace, domain });
      return isThere;
    },
    unconfirmed: async (workspace, from, trusted) => {
      const domain = domainToConfirm(from, trusted);
      if (domain === undefined) return undefined;
      const found = await rows.allStrictly({ workspace, domain: oneOf(domainsOver(domain)) });
      return found.some(({ confirmedAt }) => confirmedAt !== undefined) ? undefined : domain;
    },
  };
}

function senderOf({ domain, token, createdAt, confirmedAt }: SenderRow): Sender {
  return { domain, token, createdAt, ...(confirmedAt !== undefined && { confirmedAt }) };
}
