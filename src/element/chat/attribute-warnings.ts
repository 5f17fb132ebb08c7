/** What to tell the page's author of attributes the chat can do without, when they are wrong; absent ones are fine. */
import { loadings, placements, themes } from '../properties/enumerated.js';
import { modes } from '../properties/mode.js';
import type { ProblemReports } from '../events/error-reporter.js';
import { signInHref, type SignInHost } from '../status/sign-in-link.js';

interface Choices extends SignInHost {
  readonly mode: unknown;
  readonly placement: unknown;
  readonly theme: unknown;
  readonly loading: unknown;
}

export class Objections {
  readonly #reports: ProblemReports;
  #told = '';

  constructor(reports: ProblemReports) {
    this.#reports = reports;
  }

  /** Once, whatever becomes of the chat meanwhile. */
  tell(host: Choices): void {
    const objections = objectionsTo(host);
    if (this.#told === String(objections)) return;
    this.#told = String(objections);
    for (const message of objections) this.#reports.report({ code: 'invalid_configuration', message, retryable: false });
  }
}

function objectionsTo(host: Choices): readonly string[] {
  const { mode, placement, theme, loading, signInUrl } = host;
  return [
    signInUrl && signInHref(host) === undefined ? '<coze-chat>: sign-in-url is not an http(s) URL.' : undefined,
    objectionTo('mode', mode, modes),
    objectionTo('placement', placement, placements),
    objectionTo('theme', theme, themes),
    objectionTo('loading', loading, loadings),
  ].filter((objection) => objection !== undefined);
}

function objectionTo(attribute: string, value: unknown, choices: readonly string[]): string | undefined {
  if (value === '' || value == null || choices.includes(String(value))) return undefined;
  return `<coze-chat>: ${attribute} must be one of ${choices.join(', ')}.`;
}
