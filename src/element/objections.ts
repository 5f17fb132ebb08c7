import { loadings, placements, themes } from './choices.js';
import { modes } from './mode.js';

interface Choices {
  readonly mode: unknown;
  readonly placement: unknown;
  readonly theme: unknown;
  readonly loading: unknown;
}

/** What to tell the page's author of words that are none of the choices; absent ones are fine. */
export function objectionsTo({ mode, placement, theme, loading }: Choices): readonly string[] {
  return [
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
