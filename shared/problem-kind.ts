/** `input`: mend it and try again; `conflict`: something else stands in the way; `denied`: not yours; `corrupt`: a file is damaged or forged; `fault`: ours. */
export type ProblemKind = 'input' | 'conflict' | 'denied' | 'corrupt' | 'fault';
export type ProblemKinds = Readonly<Record<string, ProblemKind>>;
