/** Converts TeX to MathML with Temml, which creates elements and needs no HTML sink. */
import temml from 'temml';

/** Limits for macros that expand without end, and for boxes larger than a page. */
const LIMITS = { maxExpand: 500, maxSize: [20, 20] as [number, number] };

/** Typesets a formula in `place`. Returns `false`, and leaves `place` unchanged, if Temml cannot read it. */
export function typesetFormula(source: string, place: Element, isDisplay: boolean): boolean {
  try {
    const formula = document.createElement('span');
    temml.render(source, formula, { displayMode: isDisplay, throwOnError: true, trust: false, ...LIMITS });
    place.replaceChildren(...formula.childNodes);
    return true;
  } catch {
    return false;
  }
}
