import { z } from 'zod';
import { CommandError } from '../failure';
import { largestMessage } from '../wire';
import { createCommand, type Command } from './command';

const version = [7, 0, 0] as const;
const wireVersion = 21;

/**
 * A stand-alone server: sessions and majority concerns are accepted, transactions and retryable
 * writes are not offered.
 */
const hello = createCommand(z.looseObject({}), (_, { now }) => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  readOnly: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: largestMessage,
  maxWriteBatchSize: 100_000,
  localTime: new Date(now()),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: wireVersion,
}));

const buildInfo = createCommand(z.looseObject({}), () => ({
  version: version.join('.'),
  versionArray: [...version, 0],
  modules: ['itinera development stand-in'],
  bits: 64,
  maxBsonObjectSize: 16 * 1024 * 1024,
}));

const accept: Command = () => ({});

const getParameter = createCommand(
  z.looseObject({ featureCompatibilityVersion: z.unknown().optional() }),
  ({ featureCompatibilityVersion }) => {
    if (featureCompatibilityVersion === undefined) {
      throw new CommandError('InvalidOptions', 'no option found to get');
    }
    return { featureCompatibilityVersion: { version: version.slice(0, 2).join('.') } };
  },
);

export const handshake = {
  hello,
  isMaster: hello,
  ismaster: hello,
  buildInfo,
  buildinfo: buildInfo,
  ping: accept,
  endSessions: accept,
  getParameter,
} satisfies Record<string, Command>;
