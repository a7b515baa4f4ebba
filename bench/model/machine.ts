import type { Agenda } from './agenda';
import { createResource, type Resource } from './resource';
import type { House, Step } from './work';

export type Machine = Readonly<{
  take: (step: Step, by: By, then: () => void) => void;
}>;

/** At which of the processes of a part, and how many share it once its turn has come. */
type By = Readonly<{ home: number; sizeOf: () => number }>;

type Given = Readonly<{
  house: House;
  agenda: Agenda;
  /** The length of a burst in shares of its mean. */
  draw: () => number;
  used: (part: string, ms: number) => void;
}>;

/** A burst takes a thread of its process and then a core, and holds both. */
export function createMachine({ house, agenda, draw, used }: Given): Machine {
  const cores = createResource(house.cores);
  const threads = new Map(
    Object.entries(house.parts).map(([part, { processes, threads: each }]) => [
      part,
      Array.from({ length: processes }, () => createResource(each)),
    ]),
  );
  return {
    take: (step, { home, sizeOf }, then) => {
      if (step.kind === 'pause') {
        agenda.after(step.ms, then);
        return;
      }
      const process = processOf(threads.get(step.part), step.part, home);
      process.seize(() => {
        const ms = ((step.sharedMs ?? 0) + step.ms * sizeOf()) * draw();
        cores.seize(() => {
          used(step.part, ms);
          agenda.after(ms, () => {
            cores.release();
            process.release();
            then();
          });
        });
      });
    },
  };
}

function processOf(
  processes: readonly Resource[] | undefined,
  part: string,
  home: number,
): Resource {
  const process = processes?.[home % processes.length];
  if (process === undefined) throw new Error(`The house has no part "${part}"`);
  return process;
}
