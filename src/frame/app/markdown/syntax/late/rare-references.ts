/** Character references with rare names, such as `&Dcaron;`. The parser's own construct decodes the common ones. */
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import { asciiAlphanumeric } from 'micromark-util-character';
import type { Code, Construct, Extension, State } from 'micromark-util-types';

/** As in CommonMark. */
const MAX_NAME_LENGTH = 31;

export function rareReferences(characters: ReadonlyMap<string, string>): Extension {
  const construct: Construct = { name: 'rareReference', tokenize: tokenizer(characters) };
  return { text: { 38: construct }, string: { 38: construct } };
}

export function rareReferencesFromMarkdown(characters: ReadonlyMap<string, string>): FromMarkdownExtension {
  return {
    exit: {
      rareReferenceName(token) {
        const tail = this.stack[this.stack.length - 1];
        if (tail !== undefined && 'value' in tail) tail.value += characters.get(this.sliceSerialize(token)) ?? '';
      },
    },
  };
}

function tokenizer(characters: ReadonlyMap<string, string>): Construct['tokenize'] {
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
