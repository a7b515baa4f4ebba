import type { PayloadCodec } from '@temporalio/common';
import { DomainError } from '../core/domain-error';
import { retry } from '../process/retry';

/**
 * Waits while the store cannot give the key of a payload. The SDK ends a worker whose codec throws
 * as it encodes a failure. Temporal hands a task that takes too long to another worker.
 */
export function patient(codec: PayloadCodec, onTrouble: (error: unknown) => void): PayloadCodec {
  const persistently = <Result>(attempt: () => Promise<Result>) =>
    retry({
      attempt,
      onTrouble: (error) => {
        if (!(error instanceof DomainError) || error.code !== 'unavailable') throw error;
        onTrouble(error);
      },
    });
  return {
    encode: (payloads, context) => persistently(() => codec.encode(payloads, context)),
    decode: (payloads, context) => persistently(() => codec.decode(payloads, context)),
  };
}
