import type { StepId } from '../core/ids';
import type { CompiledJourney } from '../core/journeys/compiled-journey';
import { exitNamesOf } from '../core/enrollments/exits';
import type { Instruction } from '../core/enrollments/instruction';
import { namesAwaitedAt } from '../core/enrollments/hear';
import type { Progress } from '../core/enrollments/progress';

/** Describes an enrollment in Markdown for the Temporal UI: where it is, and why. */
export function detailsOf(
  journey: CompiledJourney,
  { visits, firstEntryAt }: Progress,
  instruction: Instruction,
): string {
  const way = Object.keys(visits).map((step) => `\`${step}\``);
  return [
    `**${journey.name}** v${journey.version}, ${journey.stage}`,
    '',
    `- entered ${iso(firstEntryAt)}`,
    `- ${standingOf(journey, instruction)}`,
    `- way so far: ${way.join(' → ') || 'none'}`,
    `- ends on ${exitNamesOf(journey).join(', ') || 'nothing but its own end'}`,
  ].join('\n');
}

function standingOf(journey: CompiledJourney, instruction: Instruction): string {
  switch (instruction.kind) {
    case 'wait':
      if (instruction.because) {
        return `holds the message of \`${instruction.step}\` until ${iso(instruction.until)} (${instruction.because})`;
      }
      return `waits at \`${instruction.step}\` until ${iso(instruction.until)}${awaited(journey, instruction.step)}`;
    case 'finish':
      return `ended as **${instruction.as}** (${instruction.because})`;
    default:
      return `${instruction.kind}s at \`${instruction.step}\``;
  }
}

function awaited(journey: CompiledJourney, id: StepId): string {
  const names = namesAwaitedAt(journey, id);
  return names.length > 0 ? ` for ${names.join(', ')}` : '';
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
