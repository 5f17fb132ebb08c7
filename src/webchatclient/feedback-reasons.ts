import { asList, asObject, asText } from '../core/values/foreign-value.js';

/** Limits of Coze's API. */
const MAX_REASONS = 10;
const MAX_CHARACTERS = 30;

interface FeedbackReasons {
  readonly usable: readonly { readonly text: string; readonly needsComment: boolean }[];
  /** The error in `tags`, as the end of a sentence; `undefined` if there is none. */
  readonly complaint: string | undefined;
}

/** Converts `tags` to the reasons that a visitor can choose. */
export function toFeedbackReasons(tags: unknown): FeedbackReasons {
  const all = asList(tags).map((tag) => ({ text: asText(asObject(tag)['label']), needsComment: asObject(tag)['isNeedDetail'] === true }));
  const usable = all.filter(({ text }) => text.trim() !== '' && text.length <= MAX_CHARACTERS).slice(0, MAX_REASONS);
  const isComplete = Array.isArray(tags) && usable.length === all.length;
  return {
    usable,
    complaint: isComplete ? undefined : `must be a list of ${MAX_REASONS} labels at most, of 1 to ${MAX_CHARACTERS} characters each`,
  };
}
