/** The output of a command. */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly useColour: boolean;
}

/** 0: nothing failed; 1: something failed; 2: the command line is wrong. */
export type ExitCode = 0 | 1 | 2;
