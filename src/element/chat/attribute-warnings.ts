/** What to tell the page's author of attributes the chat can do without, when they are wrong; absent ones are fine. */
import { LOADING_VALUES, PLACEMENT_VALUES, THEME_VALUES } from '../properties/enumerated.js';
import { MODE_VALUES } from '../properties/mode.js';
import type { ErrorReporter } from '../events/error-reporter.js';
import { signInHref, type SignInLinkHost } from '../status/sign-in-link.js';

interface Choices extends SignInLinkHost {
  readonly mode: unknown;
  readonly placement: unknown;
  readonly theme: unknown;
  readonly loading: unknown;
}

export class AttributeWarnings {
  readonly #reports: ErrorReporter;
  #lastReported = '';

  constructor(reports: ErrorReporter) {
    this.#reports = reports;
  }

  /** Once, whatever becomes of the chat meanwhile. */
  report(host: Choices): void {
    const objections = findInvalidAttributes(host);
    if (this.#lastReported === String(objections)) return;
    this.#lastReported = String(objections);
    for (const message of objections) this.#reports.report({ code: 'invalid_configuration', message, retryable: false });
  }
}

function findInvalidAttributes(host: Choices): readonly string[] {
  const { mode, placement, theme, loading, signInUrl } = host;
  return [
    signInUrl && signInHref(host) === undefined ? '<coze-chat>: sign-in-url is not an http(s) URL.' : undefined,
    objectionTo('mode', mode, MODE_VALUES),
    objectionTo('placement', placement, PLACEMENT_VALUES),
    objectionTo('theme', theme, THEME_VALUES),
    objectionTo('loading', loading, LOADING_VALUES),
  ].filter((objection) => objection !== undefined);
}

function objectionTo(attribute: string, value: unknown, choices: readonly string[]): string | undefined {
  if (value === '' || value == null || choices.includes(String(value))) return undefined;
  return `<coze-chat>: ${attribute} must be one of ${choices.join(', ')}.`;
}
