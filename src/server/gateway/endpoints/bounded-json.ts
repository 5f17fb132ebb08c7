/** Parses JSON of visitors: a value of two characters, such as `{}`, takes as long as a text of thousands, so the number of values is bounded. */
import { fail, type Result } from '../../../core/result.js';
import { parseJson } from '../../../core/values/parse-json.js';

/** Limit for the values of one call; the chat sends far fewer. */
export const MAX_CALL_VALUES = 10_000;

/** Fails without parsing if the text may have more than `maxValues` values. */
export function parseBoundedJson(text: string, maxValues: number): Result<unknown, 'not_json' | 'too_many_values'> {
  return countPlaces(text) > maxValues ? fail('too_many_values') : parseJson(text);
}

/** Returns the number of places for a value: one in each array and object, and one after each comma. */
export function countPlaces(json: string): number {
  let places = 1;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') isInString = !isInString;
    else if (isInString && character === '\\') at += 1;
    else if (!isInString && (character === ',' || character === '[' || character === '{')) places += 1;
  }
  return places;
}
