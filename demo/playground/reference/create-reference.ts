/** The settings for which the playground has controls, read from the element's manifest and the options' declarations. */
import { readInterface } from '../../../src/build/metadata/interface-members.js';
import { createManifest, findElement } from '../../../src/build/metadata/manifest.js';
import type { PublicApi } from '../../../src/build/metadata/public-api.js';
import type { ElementReference, ReferenceEntry } from './reference.js';

export function createReference(api: PublicApi): ElementReference {
  const { attributes = [], cssProperties = [] } = findElement(createManifest(api));
  return {
    attributes: attributes.map(({ name, type, default: initial }) => toEntry(name, type?.text, initial)),
    // An option with members of its own has no value.
    chatOptions: readInterface(api, 'ChatOptions')
      .filter(({ path }, _, all) => !all.some((other) => other.path.startsWith(`${path}.`)))
      .map(({ path, type, default: initial }) => toEntry(path, type, initial)),
    cssProperties: cssProperties.map(({ name, default: initial }) => toEntry(name, 'css', initial)),
  };
}

const toEntry = (name: string, type = 'string', initial: string | undefined): ReferenceEntry => ({
  name,
  type,
  ...(initial !== undefined && { default: initial.replaceAll(/^'|'$/g, '') }),
});
