import { getContactConsents } from './contacts/contact-consents';
import { getContactExport } from './contacts/contact-export';
import { getContactTimeline } from './contacts/contact-timeline';
import { deleteContact, getContact, putContact } from './contacts/contacts';
import { describe, documentOnce } from './openapi/description';
import {
  getEnrollment,
  getTimeline,
  listEnrollments,
  postEnrollment,
} from './enrollments/enrollments';
import { getEvent, listEvents, listRefusals, postEvents, replayEvent } from './events/events';
import { livez, readyz } from './health/health';
import { postExit, postSkipWait } from './enrollments/interventions';
import {
  getJourney,
  getVersion,
  listJourneys,
  listVersions,
  putJourney,
} from './journeys/journeys';
import { deleteKey, listKeys, postKey } from './keys/keys';
import { getMessage, listMessages, resolveMessage } from './messages/messages';
import { listSwitches, putSwitch } from './messages/switches';
import { getReports, postReports } from './messages/reports';
import { alwaysOpen, keyed, open, signed, type Route } from './http/route';
import { connectors } from '../connectors/connectors';
import { routesOf } from './connectors/connector-routes';
import { listRejections } from './connectors/rejections';
import { deleteSuppression, getSuppression, putSuppression } from './suppressions/suppressions';
import { getTemplate, listTemplates, previewTemplate, putTemplate } from './templates/templates';
import { getUnsubscribe, postUnsubscribe } from './links/unsubscribing';
import { confirmSender, deleteSender, listSenders, putSender } from './workspaces/senders';
import { getWorkspace, putWorkspace } from './workspaces/workspace';

/** Takes a good part of a second. A process calls it before it takes requests. */
export const openApiDocument = documentOnce(() => routes);

/**
 * Lists every URL; those of the connectors stand in their modules. The router and the OpenAPI
 * document are both built from this table.
 */
export const routes: readonly Route[] = [
  keyed('put', '/v1/journeys/{journeyId}', 'journeys:write', putJourney),
  keyed('get', '/v1/journeys', 'journeys:read', listJourneys),
  keyed('get', '/v1/journeys/{journeyId}', 'journeys:read', getJourney),
  keyed('get', '/v1/journeys/{journeyId}/versions', 'journeys:read', listVersions),
  keyed('get', '/v1/journeys/{journeyId}/versions/{version}', 'journeys:read', getVersion),
  keyed('post', '/v1/journeys/{journeyId}/enrollments', 'events:write', postEnrollment),

  keyed('get', '/v1/enrollments', 'journeys:read', listEnrollments),
  keyed('get', '/v1/enrollments/{enrollmentId}', 'journeys:read', getEnrollment),
  keyed('get', '/v1/enrollments/{enrollmentId}/timeline', 'journeys:read', getTimeline),
  keyed('post', '/v1/enrollments/{enrollmentId}/exit', 'ops:write', postExit),
  keyed('post', '/v1/enrollments/{enrollmentId}/skip-wait', 'ops:write', postSkipWait),

  keyed('put', '/v1/contacts/{ref}', 'contacts:write', putContact),
  keyed('get', '/v1/contacts/{ref}', 'contacts:read', getContact),
  keyed('delete', '/v1/contacts/{ref}', 'contacts:write', deleteContact),
  keyed('get', '/v1/contacts/{ref}/timeline', 'contacts:read', getContactTimeline),
  keyed('get', '/v1/contacts/{ref}/consents', 'contacts:read', getContactConsents),
  keyed('get', '/v1/contacts/{ref}/export', 'contacts:read', getContactExport),

  keyed('put', '/v1/suppressions/{address}', 'contacts:write', putSuppression),
  keyed('get', '/v1/suppressions/{address}', 'contacts:read', getSuppression),
  keyed('delete', '/v1/suppressions/{address}', 'contacts:write', deleteSuppression),

  keyed('post', '/v1/events', 'events:write', postEvents),
  keyed('get', '/v1/events', 'contacts:read', listEvents),
  keyed('get', '/v1/events/{eventId}', 'contacts:read', getEvent),
  keyed('post', '/v1/events/{eventId}/replay', 'ops:write', replayEvent),
  keyed('get', '/v1/refusals', 'journeys:read', listRefusals),
  keyed('get', '/v1/rejections', 'journeys:read', listRejections),

  ...Object.values(connectors).flatMap(routesOf),

  keyed('put', '/v1/templates/{templateId}', 'journeys:write', putTemplate),
  keyed('get', '/v1/templates', 'journeys:read', listTemplates),
  keyed('get', '/v1/templates/{templateId}', 'journeys:read', getTemplate),
  keyed('post', '/v1/templates/{templateId}/preview', 'journeys:read', previewTemplate),

  keyed('get', '/v1/messages', 'contacts:read', listMessages),
  keyed('get', '/v1/messages/{messageId}', 'contacts:read', getMessage),
  keyed('post', '/v1/messages/{messageId}/resolve', 'ops:write', resolveMessage),

  signed('post', '/hooks/providers/{provider}', postReports),
  open('get', '/hooks/providers/{provider}', getReports),

  keyed('get', '/v1/switches', 'journeys:read', listSwitches),
  keyed('put', '/v1/switches/{kind}/{name}', 'ops:write', putSwitch),

  keyed('get', '/v1/workspace', 'journeys:read', getWorkspace),
  keyed('put', '/v1/workspace', 'admin', putWorkspace),

  keyed('put', '/v1/senders/{domain}', 'admin', putSender),
  keyed('get', '/v1/senders', 'admin', listSenders),
  keyed('post', '/v1/senders/{domain}/confirm', 'admin', confirmSender),
  keyed('delete', '/v1/senders/{domain}', 'admin', deleteSender),

  keyed('post', '/v1/keys', 'admin', postKey),
  keyed('get', '/v1/keys', 'admin', listKeys),
  keyed('delete', '/v1/keys/{keyId}', 'admin', deleteKey),

  alwaysOpen('get', '/u/{token}', getUnsubscribe),
  alwaysOpen('post', '/u/{token}', postUnsubscribe),

  alwaysOpen('get', '/livez', livez),
  open('get', '/readyz', readyz),
  open('get', '/openapi.json', describe(openApiDocument)),
];
