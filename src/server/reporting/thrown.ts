/** What may be logged about an error that a function of the host threw: its kind and its place. The message may contain anything. */

/** The kind of an error, and where it was thrown. */
export interface ThrownTrace {
  /** `type_error` for a `TypeError`, and so on; `error` for another error, `no_error` for another value. */
  readonly kind: string;
  /** Name of the file and number of the line, `server.mjs:12`, if the stack begins in a file of the host. */
  readonly at?: string;
}

/** A longer stack was not written by the engine. */
const MAX_STACK_LENGTH = 20_000;

/** The errors of ECMAScript: a closed vocabulary. */
const KIND = /^(Aggregate|Eval|Range|Reference|Syntax|Type|URI)Error$/;

export function traceThrown(thrown: unknown): ThrownTrace {
  if (!(thrown instanceof Error)) return { kind: 'no_error' };
  try {
    const [, prefix] = KIND.exec(thrown.name) ?? [];
    const at = findPlace(thrown);
    return { kind: prefix === undefined ? 'error' : `${prefix.toLowerCase()}_error`, ...(at !== undefined && { at }) };
  } catch {
    // The host may throw objects whose members throw.
    return { kind: 'error' };
  }
}

/** The first frame of the stack, as V8 and JavaScriptCore write it, with the last part of its path. */
function findPlace({ stack, message }: Error): string | undefined {
  if (typeof stack !== 'string' || stack.length > MAX_STACK_LENGTH) return undefined;
  // A message may contain lines that look like frames.
  const start = stack.indexOf(message);
  const frames = start < 0 ? '' : stack.slice(start + message.length);
  return /[\\/]([\w.[\]-]{1,80}:\d{1,7}):\d{1,7}\)?$/m.exec(frames)?.[1];
}
