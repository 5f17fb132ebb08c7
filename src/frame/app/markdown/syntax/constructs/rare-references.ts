/** `&Dcaron;` and others that are not common: references to characters whose table is loaded late, and handed in. */
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import { asciiAlphanumeric } from 'micromark-util-character';
import type { Code, Construct, Extension, State } from 'micromark-util-types';
import type { Characters } from '../characters.js';

/** As CommonMark has them. */
const MAX_NAME_LENGTH = 31;

export function rareReferences(characters: Characters): Extension {
  const construct: Construct = { name: 'rareReference', tokenize: tokenizer(characters) };
  return { text: { 38: construct }, string: { 38: construct } };
}

export function rareReferencesFromMarkdown(characters: Characters): FromMarkdownExtension {
  return {
    exit: {
      rareReferenceName(token) {
        const tail = this.stack[this.stack.length - 1];
        if (tail !== undefined && 'value' in tail) tail.value += characters.get(this.sliceSerialize(token)) ?? '';
      },
    },
  };
}

function tokenizer(characters: Characters): Construct['tokenize'] {
  return function (effects, ok, nok) {
    let name = '';
    return start;

    function start(code: Code): State | undefined {
      effects.enter('characterReference');
      effects.enter('characterReferenceMarker');
      effects.consume(code);
      effects.exit('characterReferenceMarker');
      effects.enter('rareReferenceName');
      return inside;
    }

    function inside(code: Code): State | undefined {
      if (code === 59 && characters.has(name)) return end(code);
      if (code === null || !asciiAlphanumeric(code) || name.length === MAX_NAME_LENGTH) return nok(code);
      name += String.fromCharCode(code);
      effects.consume(code);
      return inside;
    }

    function end(code: Code): State {
      effects.exit('rareReferenceName');
      effects.enter('characterReferenceMarker');
      effects.consume(code);
      effects.exit('characterReferenceMarker');
      effects.exit('characterReference');
      return ok;
    }
  };
}
