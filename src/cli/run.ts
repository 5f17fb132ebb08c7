import { help, readCommandLine } from './command-line.js';
import { type CopyTools, copyFrame } from './copy/copy-frame.js';
import { examine } from './doctor/doctor.js';
import { isHealthy, toJson, toText } from './doctor/report.js';
import type { DoctorTools } from './doctor/tools.js';

export interface Terminal {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly useColour: boolean;
}

/** Nothing failed; something failed; the command line is wrong. */
export type ExitCode = 0 | 1 | 2;

/** @param args the words after `coze-chat-embed` */
export async function run(args: readonly string[], tools: DoctorTools & CopyTools, terminal: Terminal): Promise<ExitCode> {
  const command = readCommandLine(args);
  if (!command.ok) {
    terminal.writeError(`${command.error}\n\n${help}`);
    return 2;
  }
  if (command.value.name === 'help') {
    terminal.write(help);
    return 0;
  }
  if (command.value.name === 'copy') {
    const copied = await copyFrame(command.value.folder, tools);
    if (copied.ok) terminal.write(copied.value);
    else terminal.writeError(copied.error);
    return copied.ok ? 0 : 1;
  }
  const findings = await examine(command.value, tools);
  terminal.write(command.value.asJson ? toJson(findings) : toText(findings, terminal.useColour));
  return isHealthy(findings) ? 0 : 1;
}
