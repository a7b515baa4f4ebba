import { closeRow } from '../../intake/close-row';
import { messageSettled, noted } from '../../core/decisions/decisions';
import type { Ending } from '../../core/enrollments/enrollment';
import type { Message } from '../../core/messages/message';
import type { HandledOutcome } from '../../core/enrollments/outcome';
import type { ActivityDependencies } from '../dependencies';
import type { Sending, Sent } from './sending';

/** Writes why, moves the row on, and closes it where the journey is over. Runs again after a crash and changes nothing then. */
export async function recordSend(
  dependencies: ActivityDependencies,
  sending: Sending,
  { message, ending }: Sent,
): Promise<HandledOutcome> {
  const { store } = dependencies;
  const { row, instruction } = sending;
  const { notes, following, step } = instruction;
  await store.decisions.record([...noted(row, notes), messageSettled(row, message)]);
  const handled = { kind: 'handled', step, at: message.at, written: notes.length } as const;
  const final = ending ?? (following.kind === 'end' ? following : undefined);
  if (final) {
    const { as, because, by } = await closeRow(dependencies, row, endingOf(final, message));
    return { ...handled, ended: { as, because, ...(by && { by: by.event }) } };
  }
  if (following.kind === 'step') {
    await store.enrollments.moveTo(row.workspace, row.id, {
      step: following.step,
      since: message.at,
    });
  }
  return handled;
}

function endingOf(final: Omit<Ending, 'at'>, { at }: Message): Ending {
  const { as, because, by } = final;
  return { as, because, at, ...(by && { by }) };
}
