import { createAgenda, type Agenda } from './agenda';
import { exponential } from './draws';
import { createGroups, inTurn } from './groups';
import { createMachine } from './machine';
import { createLog, type Outcome } from './outcome';
import type { House, Work } from './work';

export type Simulation = Readonly<{
  house: House;
  works: readonly Work[];
  /** Simulated time that does not count yet, and that counts. */
  warmUpMs: number;
  forMs: number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** The length of a burst in shares of its mean. */
  draw: () => number;
}>;

type Perform = (work: Work, then: () => void) => void;

/** Lets work come to a house for some time. Answers how busy it was, and how long work took. */
export function simulate({ house, works, warmUpMs, forMs, random, draw }: Simulation): Outcome {
  const agenda = createAgenda();
  const log = createLog(agenda.now, warmUpMs, warmUpMs + forMs);
  const machine = createMachine({ house, agenda, draw, used: log.used });
  const groups = createGroups(machine);
  const homes = Math.max(...Object.values(house.parts).map(({ processes }) => processes));
  const perform: Perform = (work, then) => {
    const beganAt = agenda.now();
    const home = Math.floor(random() * homes);
    let answeredMs = 0;
    log.began();
    const perStep = (step: Work['steps'][number], next: () => void, n: number) => {
      const after = () => {
        if (n + 1 === work.answeredAfter) answeredMs = agenda.now() - beganAt;
        next();
      };
      if (step.kind === 'command') groups.join(step, home, after);
      else machine.take(step, { home, sizeOf: () => 1 }, after);
    };
    inTurn(work.steps, perStep, () => {
      log.done(work.name, { answeredMs, doneMs: agenda.now() - beganAt });
      then();
    });
  };
  for (const work of works) arrive({ agenda, perform, random }, work);
  while (agenda.now() < warmUpMs + forMs && agenda.proceed());
  return log.outcome(groups.meanSize());
}

type Arriving = Readonly<{ agenda: Agenda; perform: Perform; random: () => number }>;

function arrive({ agenda, perform, random }: Arriving, work: Work): void {
  const { arrivals } = work;
  if ('lanes' in arrivals) {
    const again = () => {
      perform(work, again);
    };
    for (let n = 0; n < arrivals.lanes; n += 1) again();
    return;
  }
  if (arrivals.perSecond === 0) return;
  const next = () => {
    agenda.after((exponential(random) * 1_000) / arrivals.perSecond, () => {
      next();
      perform(work, () => undefined);
    });
  };
  next();
}
