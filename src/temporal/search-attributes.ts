import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { EnrollmentInput } from '../contract/enrollment-workflow';

const workspace = defineSearchAttributeKey('Workspace', SearchAttributeType.KEYWORD);
const journeyId = defineSearchAttributeKey('JourneyId', SearchAttributeType.KEYWORD);
const journeyVersion = defineSearchAttributeKey('JourneyVersion', SearchAttributeType.INT);
const contactId = defineSearchAttributeKey('ContactId', SearchAttributeType.KEYWORD);
const stage = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);

/**
 * The attributes that people list executions by. They are set at the start, where they cost
 * nothing; none is personal.
 */
export function searchAttributesOf({ workspace: tenant, journey, contact }: EnrollmentInput) {
  return new TypedSearchAttributes([
    { key: workspace, value: tenant },
    { key: journeyId, value: journey.id },
    { key: journeyVersion, value: journey.version },
    { key: contactId, value: contact },
    { key: stage, value: journey.stage },
  ]);
}
