import type { CompiledSend } from '../../core/journeys/steps/send';
import type { Ending } from '../../core/enrollments/enrollment';
import type { SendInstruction } from '../../core/enrollments/instruction';
import type { Contact } from '../../core/contacts/contact';
import type { Message } from '../../core/messages/message';
import type { TemplateRecord } from '../../store/templates';
import type { Enrolled } from '../enrolled';

/**
 * A send of an enrollment with everything its parts work with. `contact` is the contact as it was
 * before the claim; absent once it was erased.
 */
export type Sending = Enrolled &
  Readonly<{
    step: CompiledSend;
    instruction: SendInstruction;
    contact: Contact | undefined;
    template: TemplateRecord | undefined;
  }>;

/** A message on its way to an address. */
export type Addressed = Readonly<{ address: string }> & Message;

/** A settled message, and the ending that the gate found. */
export type Sent = Readonly<{ message: Message; ending: Omit<Ending, 'at'> | undefined }>;
