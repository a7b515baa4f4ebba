import { messageId, workspaceId } from '../../core/ids';
import type { MessageReference } from '../../core/messages/report';

/** A reference as one text. */
export function referenceText({ workspace, message }: MessageReference): string {
  return `${workspace}/${message}`;
}

/** The reference in a text of `referenceText`; undefined where it is none. */
export function referenceIn(text: string): MessageReference | undefined {
  const [, workspace, message] = /^(.{1,200})\/([a-z0-9.-]{1,300})$/.exec(text) ?? [];
  if (workspace === undefined || message === undefined) return undefined;
  return { workspace: workspaceId(workspace), message: messageId(message) };
}

/** A reference as tags, which hold no dot. None where the workspace cannot be a tag. */
export function referenceTags({ workspace, message }: MessageReference): Record<string, string> {
  const isTag = /^[A-Za-z0-9_-]{1,200}$/.test(workspace);
  return isTag ? { workspace, message: message.replaceAll('.', '_') } : {};
}

/** The reference in tags of `referenceTags`; undefined where they hold none. */
export function referenceInTags(workspace: string, message: string): MessageReference | undefined {
  return referenceIn(`${workspace}/${message.replaceAll('_', '.')}`);
}
