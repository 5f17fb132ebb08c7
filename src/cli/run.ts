import { findCommandName, parseCommandLine, type StandInOptions } from './command-line.js';
import { type CopyDeps, copyFrame } from './copy/copy-frame.js';
import type { DoctorDeps } from './doctor/deps.js';
import { runChecks } from './doctor/doctor.js';
import { isHealthy, toJson, toText } from './doctor/report.js';
import { describeCommands, describeUsage } from './help.js';
import { init, type InitDeps } from './init/init.js';
import { migrate, type MigrateDeps } from './migrate/migrate.js';
import type { ServeOptions } from './serve/serve.js';
import type { ExitCode, Terminal } from './terminal.js';

export type { ExitCode, Terminal } from './terminal.js';

/** The commands that run until they are stopped. Loaded only when they are called. */
export interface LastingCommands {
  readonly serve: (options: ServeOptions, terminal: Terminal) => Promise<ExitCode>;
  readonly standIn: (options: StandInOptions, terminal: Terminal) => Promise<ExitCode>;
}

/** @param args the arguments after `coze-chat-embed` */
export async function run(
  args: readonly string[],
  deps: DoctorDeps & CopyDeps & InitDeps & MigrateDeps & LastingCommands,
  terminal: Terminal,
): Promise<ExitCode> {
  const command = parseCommandLine(args);
  if (!command.ok) {
    terminal.writeError(`${command.error}\n\n${describeUsage(findCommandName(args))}`);
    return 2;
  }
  if (command.value.name === 'help') {
    terminal.write(describeCommands(command.value.command));
    return 0;
  }
  if (command.value.name === 'copy') {
    const copied = await copyFrame(command.value.folder, deps);
    if (copied.ok) terminal.write(copied.value);
    else terminal.writeError(copied.error);
    return copied.ok ? 0 : 1;
  }
  if (command.value.name === 'init') return init(command.value, deps, terminal);
  if (command.value.name === 'migrate') return migrate(command.value, deps, terminal);
  if (command.value.name === 'serve') return deps.serve(command.value, terminal);
  if (command.value.name === 'stand-in') return deps.standIn(command.value, terminal);
  const findings = await runChecks(command.value, deps);
  terminal.write(command.value.asJson ? toJson(findings) : toText(findings, terminal.useColour));
  return isHealthy(findings) ? 0 : 1;
}
