import { decrypt, encrypt } from './encryption';
import type { KeyRing } from './key-ring';

/** Wraps keys under the newest key of a ring. Its id stands before the text. */
export function createSealing({ newest, older, find }: KeyRing) {
  return {
    seal: (label: string, plain: Uint8Array): string =>
      `${newest.id}.${encrypt(newest.bytes, label, plain).toString('base64url')}`,
    /** Throws DomainError `invalid` where key, label or text are others. */
    open: (label: string, sealed: string): Buffer => {
      const [id = '', text = ''] = sealed.split('.');
      return decrypt(find(id).bytes, label, Buffer.from(text, 'base64url'));
    },
    newest: newest.id,
    older: older.map(({ id }) => id),
  };
}
