/** A place that breaks a rule, with the remedy in words; a folder has no line. */
export type Fault = Readonly<{ path: string; line?: number; says: string }>;
