/** One attribute, option or custom property. */
export interface ReferenceEntry {
  readonly name: string;
  /** As TypeScript writes it. */
  readonly type: string;
  readonly default?: string;
}

/** `element.json`, which `npm run docs:reference` writes. */
export interface ElementReference {
  readonly attributes: readonly ReferenceEntry[];
  /** Options by path: `input.placeholder`. */
  readonly chatOptions: readonly ReferenceEntry[];
  readonly cssProperties: readonly ReferenceEntry[];
}
