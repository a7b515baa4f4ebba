/** The way by which a word of a person has reached us. A connector is named by its kind. */
export type ConsentSource =
  | 'api'
  | 'link'
  | 'preference-page'
  | 'double-opt-in'
  | 'inbound'
  | 'merge'
  | `connector:${string}`;

/** Texts by name that show that a person has said it. */
export type ConsentEvidence = Readonly<Record<string, string>>;

/** The version of the text that a person has agreed to, and its evidence. */
export type Circumstances = Readonly<{ textVersion?: string; evidence?: ConsentEvidence }>;
