import type { WorkspaceId } from '../ids';

/** A tenant and the facts its messages and clocks are made with. */
export type Workspace = Readonly<{
  id: WorkspaceId;
  name: string;
  from: string;
  replyTo?: string;
  zone: string;
  locale: string;
  currency?: string;
  country?: string;
  postalAddress?: string;
}>;
