import { HELP, parseCommandLine } from './command-line.js';
import { type CopyDeps, copyFrame } from './copy/copy-frame.js';
import type { DoctorDeps } from './doctor/deps.js';
import { runChecks } from './doctor/doctor.js';
import { isHealthy, toJson, toText } from './doctor/report.js';

export interface Terminal {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly useColour: boolean;
}

/** 0: nothing failed; 1: something failed; 2: the command line is wrong. */
export type ExitCode = 0 | 1 | 2;

/** @param args what follows `coze-chat-embed` on the command line */
export async function run(args: readonly string[], deps: DoctorDeps & CopyDeps, terminal: Terminal): Promise<ExitCode> {
  const command = parseCommandLine(args);
  if (!command.ok) {
    terminal.writeError(`${command.error}\n\n${HELP}`);
    return 2;
  }
  if (command.value.name === 'help') {
    terminal.write(HELP);
    return 0;
  }
  if (command.value.name === 'copy') {
    const copied = await copyFrame(command.value.folder, deps);
    if (copied.ok) terminal.write(copied.value);
    else terminal.writeError(copied.error);
    return copied.ok ? 0 : 1;
  }
  const findings = await runChecks(command.value, deps);
  terminal.write(command.value.asJson ? toJson(findings) : toText(findings, terminal.useColour));
  return isHealthy(findings) ? 0 : 1;
}
