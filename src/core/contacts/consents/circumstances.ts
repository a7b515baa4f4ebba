/** The way by which a word of a person has reached us. A connector is named by its kind. */
export type ConsentSource =
  | 'api'
  | 'link'
  | 'preference-page'
  | 'double-opt-in'
  | 'inbound'
  | 'merge'
  | `connector:${string}`;

/**
 * The ground of a word that the person has not said itself. It gave its address in a sale and did
 * not object (art. 130(4) of the Italian privacy code). Any word of its own is stronger.
 */
export type ConsentBasis = 'soft-opt-in';

/** Texts by name that show that a person has said it. */
export type ConsentEvidence = Readonly<Record<string, string>>;

/** The version of the text that a person has agreed to, and its evidence. */
export type Circumstances = Readonly<{ textVersion?: string; evidence?: ConsentEvidence }>;
