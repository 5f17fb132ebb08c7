/** Everything that a value would reveal in a log, however it is logged. */
import { inspect } from 'node:util';

/** As `console.log`, `JSON.stringify`, a stack trace and a chain of causes would show it. */
export function allThatIsToldBy(value: unknown): string {
  const strings = [inspect(value, { depth: Infinity, showHidden: true }), JSON.stringify(value) ?? ''];
  for (const error of errorsIn(value))
    strings.push(error.name, error.message, error.stack ?? '', inspect(error, { depth: Infinity, showHidden: true }));
  return strings.join('\n');
}

/** The errors in a value, with their causes and aggregated errors. */
function errorsIn(value: unknown, seen = new Set<unknown>()): readonly Error[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const inside = Reflect.ownKeys(value).flatMap((key) => errorsIn(Reflect.get(value, key), seen));
  return value instanceof Error ? [value, ...inside] : inside;
}

const levels = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

/** Runs `work`, and adds its output and its unhandled rejections to `received`. */
export async function listeningTo<T>(received: unknown[], work: () => Promise<T>): Promise<T> {
  const originals = levels.map((level) => [level, console[level]] as const);
  const hear = (...reported: unknown[]): void => void received.push(reported);
  for (const level of levels) console[level] = hear;
  process.on('unhandledRejection', hear);
  process.on('warning', hear);
  try {
    const result = await work();
    // Node reports unhandled rejections after the microtasks.
    await new Promise((resolve) => setImmediate(resolve));
    return result;
  } finally {
    for (const [level, original] of originals) console[level] = original;
    process.off('unhandledRejection', hear);
    process.off('warning', hear);
  }
}
