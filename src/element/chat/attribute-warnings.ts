/** Reports invalid attributes without which the chat can work, to the page's author. Absent attributes are no error. */
import type { ReactiveController } from 'lit';
import { invalidConfiguration } from '../../config/configuration-problem.js';
import type { ErrorReporter } from '../events/error-reporter.js';
import { LOADING_VALUES, PLACEMENT_VALUES, THEME_VALUES } from '../properties/enumerated.js';
import { MODE_VALUES } from '../properties/mode.js';
import { parseTeaserDelay } from '../properties/teaser-delay.js';
import { signInHref, type SignInLinkHost } from '../status/sign-in-link.js';

export interface EnumeratedAttributes extends SignInLinkHost {
  readonly locale: unknown;
  readonly mode: unknown;
  readonly placement: unknown;
  readonly theme: unknown;
  readonly loading: unknown;
  readonly consent: unknown;
  readonly teaserDelaySeconds: unknown;
}

export class AttributeWarnings implements ReactiveController {
  readonly #host: EnumeratedAttributes;
  readonly #reporter: ErrorReporter;
  #lastReported = '';

  constructor(host: EnumeratedAttributes, reporter: ErrorReporter) {
    this.#host = host;
    this.#reporter = reporter;
  }

  /** Reports each invalid value once, in every state of the chat. */
  hostUpdate(): void {
    const sentences = findInvalidAttributes(this.#host);
    if (this.#lastReported === String(sentences)) return;
    this.#lastReported = String(sentences);
    for (const sentence of sentences) this.#reporter.report(invalidConfiguration(sentence));
  }
}

function findInvalidAttributes(host: EnumeratedAttributes): readonly string[] {
  const { locale, mode, placement, theme, loading, consent, signInUrl, teaserDelaySeconds } = host;
  return [
    signInUrl && signInHref(host) === undefined ? 'sign-in-url is not an http(s) URL' : undefined,
    locale == null || typeof locale === 'string' ? undefined : 'locale must be text',
    checkChoice('mode', mode, MODE_VALUES),
    checkChoice('placement', placement, PLACEMENT_VALUES),
    checkChoice('theme', theme, THEME_VALUES),
    checkChoice('loading', loading, LOADING_VALUES),
    checkChoice('consent', consent, ['required']),
    parseTeaserDelay(teaserDelaySeconds) === undefined ? 'teaser-delay-seconds must be a number of seconds' : undefined,
  ].filter((sentence) => sentence !== undefined);
}

function checkChoice(attribute: string, value: unknown, choices: readonly string[]): string | undefined {
  if (value === '' || value == null || choices.includes(String(value))) return undefined;
  return `${attribute} must be one of ${choices.join(', ')}`;
}
