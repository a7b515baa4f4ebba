import { behind, create, edit, imports, type Plantation } from './plantation';

/** A resource that is stored, and written and read over HTTP. */
export const apiResource: Plantation = {
  name: 'An API resource',
  filesAtMost: 7,
  // The table is the only list of URLs. A type that names them all would be a second one.
  untyped: ['src/api/routes.ts'],
  places: [
    edit(
      'src/core/ids.ts',
      behind("export type TemplateId = Id<'template'>;\n", "export type LabelId = Id<'label'>;\n"),
      behind(
        'export const templateId = (text: string): TemplateId => text as TemplateId;\n',
        'export const labelId = (text: string): LabelId => text as LabelId;\n',
      ),
    ),
    create(
      'src/core/labels/label.ts',
      `
import type { LabelId } from '../ids';

/** A name under which journeys are listed together. */
export type Label = Readonly<{ id: LabelId; name: string }>;
`,
    ),
    create(
      'src/store/labels.ts',
      `
import type { Connection } from 'mongoose';
import type { LabelId, WorkspaceId } from '../core/ids';
import type { Label } from '../core/labels/label';
import type { Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { createRows } from './mongo/rows';

export type Labels = Readonly<{
  put: (workspace: WorkspaceId, label: Label) => Promise<void>;
  find: (workspace: WorkspaceId, id: LabelId) => Promise<Label | undefined>;
}>;

type LabelRow = Label & Readonly<{ _id: string; workspace: WorkspaceId }>;

const collection: Collection<LabelRow> = {
  name: 'labels',
  fields: { id: String, workspace: String, name: String },
};

export function createLabels(connection: Connection, scope: StoreScope): Labels {
  const rows = createRows<LabelRow>(connection, collection, scope);
  return {
    put: async (workspace, { id, name }) => {
      const own = { _id: workspace + '/' + id, workspace, id };
      await rows.change(own, { $set: { name } }, { upsert: true });
    },
    find: async (workspace, id) => {
      const row = await rows.first({ workspace, id });
      return row && { id: row.id, name: row.name };
    },
  };
}
`,
    ),
    edit(
      'src/store/store.ts',
      imports("{ createLabels, type Labels } from './labels'"),
      behind('    keys: Keys;\n', '    labels: Labels;\n'),
      behind(
        '    keys: translated(createKeys(connection, scope)),\n',
        '    labels: translated(createLabels(connection, scope)),\n',
      ),
    ),
    create(
      'src/operations/labels/put-label.ts',
      `
import type { WorkspaceId } from '../../core/ids';
import type { Label } from '../../core/labels/label';
import type { Store } from '../../store/store';

type Dependencies = Readonly<{ store: Pick<Store, 'labels'> }>;

export async function putLabel(
  { store }: Dependencies,
  workspace: WorkspaceId,
  label: Label,
): Promise<void> {
  await store.labels.put(workspace, { ...label, name: label.name.trim() });
}
`,
    ),
    create(
      'src/api/labels/labels.ts',
      `
import { z } from 'zod';
import { labelId } from '../../core/ids';
import { putLabel as put } from '../../operations/labels/put-label';
import { operation } from '../http/operation';
import { json, refusal } from '../http/reply';

const params = z.strictObject({ labelId: z.string().max(100) });
const labelSchema = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Label' });
const answers = { 200: { description: 'The label', schema: labelSchema } };

export const putLabel = operation({
  summary: 'Create or rename a label',
  params,
  body: z.strictObject({ name: z.string().min(1).max(200) }),
  answers,
  handle: async ({ params: { labelId: id }, body: { name }, workspace }, { store }) => {
    const label = { id: labelId(id), name };
    await put({ store }, workspace.id, label);
    return json(200, label);
  },
});

export const getLabel = operation({
  summary: 'A label',
  params,
  answers,
  handle: async ({ params: { labelId: id }, workspace }, { store }) => {
    const label = await store.labels.find(workspace.id, labelId(id));
    return label ? json(200, label) : refusal('not-found', 'There is no label "' + id + '".');
  },
});
`,
    ),
    edit(
      'src/api/routes.ts',
      imports("{ getLabel, putLabel } from './labels/labels'"),
      behind(
        "  keyed('delete', '/v1/keys/{keyId}', 'admin', deleteKey),\n",
        [
          '',
          "  keyed('put', '/v1/labels/{labelId}', 'journeys:write', putLabel),",
          "  keyed('get', '/v1/labels/{labelId}', 'journeys:read', getLabel),",
          '',
        ].join('\n'),
      ),
    ),
  ],
};
