/**
 * Lit's `@property`, for TypeScript's `experimentalDecorators` only. Lit's own brings the standard's decorators along as well, which
 * would be 3 % of what every page view pays for a closed launcher.
 */
import type { PropertyDeclaration, ReactiveElement } from 'lit';

/** The attribute is the property's name in kebab-case. */
export function property(options?: PropertyDeclaration): (prototype: ReactiveElement, name: string) => void {
  return (prototype, name) =>
    (prototype.constructor as typeof ReactiveElement).createProperty(name, {
      attribute: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      ...options,
    });
}
