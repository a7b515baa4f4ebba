import type { OperatorService } from '@temporalio/client';

/** What an enrollment is found by in the Temporal UI. */
const searchAttributes = {
  Workspace: 'Keyword',
  JourneyId: 'Keyword',
  JourneyVersion: 'Int',
  ContactId: 'Keyword',
  Stage: 'Keyword',
} as const;

/** The values of Temporal's IndexedValueType. */
const indexedValueTypes = { Keyword: 2, Int: 3 } as const;

/** Arguments by which the development server registers them at its start. */
export const searchAttributeArgs: readonly string[] = Object.entries(searchAttributes).flatMap(
  ([name, type]) => ['--search-attribute', `${name}=${type}`],
);

/** Registers those that the namespace of a running server lacks; a repeat changes nothing. */
export async function registerSearchAttributes(
  operator: OperatorService,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await operator.listSearchAttributes({ namespace });
  await addSearchAttributes(operator, namespace, Object.keys(customAttributes));
}

/** For a server that cannot list what it has, as the time-skipping one. */
export async function addSearchAttributes(
  operator: OperatorService,
  namespace: string,
  known: readonly string[] = [],
): Promise<void> {
  const missing = Object.entries(searchAttributes).filter(([name]) => !known.includes(name));
  if (missing.length === 0) return;
  const types = missing.map(([name, type]) => [name, indexedValueTypes[type]] as const);
  await operator.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(types) });
}
