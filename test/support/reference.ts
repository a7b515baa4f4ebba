import { messageId, workspaceId } from '../../src/core/ids';

/** A message as its provider is told of it. */
export const aReference = {
  workspace: workspaceId('default'),
  message: messageId('cart.c0123456789abcdef.abcdefghij.1.first.1'),
};
