import type { CompiledSend } from '../../core/journeys/steps/send';
import type { Ending } from '../../core/enrollments/enrollment';
import type { SendInstruction } from '../../core/enrollments/instruction';
import type { Message } from '../../core/messages/message';
import type { Enrolled } from '../enrolled';

/** One send of one enrollment: everything its parts work with. */
export type Sending = Enrolled & Readonly<{ step: CompiledSend; instruction: SendInstruction }>;

/** A settled message, and the ending that the gate found. */
export type Sent = Readonly<{ message: Message; ending: Omit<Ending, 'at'> | undefined }>;
