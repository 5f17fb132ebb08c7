/** TeX as MathML, by Temml, which builds elements and needs no HTML sink. */
import temml from 'temml';

/** Ends an expansion that a macro would make endless, and boxes larger than a page. */
const LIMITS = { maxExpand: 500, maxSize: [20, 20] as [number, number] };

/** @returns whether it could be set; else `place` is as it was */
export function setFormula(source: string, place: Element, isDisplay: boolean): boolean {
  try {
    const formula = document.createElement('span');
    temml.render(source, formula, { displayMode: isDisplay, throwOnError: true, trust: false, ...LIMITS });
    place.replaceChildren(...formula.childNodes);
    return true;
  } catch {
    return false;
  }
}
