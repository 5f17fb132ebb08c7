/** The build puts HTML's table in its place (`build/character-references.ts`). */
export const PACKED_REFERENCES: string = '';
