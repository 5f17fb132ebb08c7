/**
 * Computes colours that use `light-dark()`, `color-mix()` or relative colours, for browsers that lack one of these. Each colour is a custom property
 * `--_…` of one element. The browser has already replaced each `var()` in its value, but cannot evaluate the functions. Loaded only in such browsers.
 */

/** Red, green, blue and opacity, each from 0 to 1. */
type Color = readonly [red: number, green: number, blue: number, alpha: number];

export interface ColorSource {
  /** The element whose style sheets declare the properties. */
  readonly element: Element;
  readonly sheets: Iterable<CSSStyleSheet>;
  /** `:host` or `:root`. */
  readonly selector: string;
  readonly isDark: boolean;
  /** An element on which colours are parsed. Must be displayed, and must have no transitions. */
  readonly probe: HTMLElement;
}

const COLOR_FUNCTION = /(?:light-dark|color-mix)\(|color\(from /;

/** Returns the computed properties by name. They must be set on a descendant of `element`. */
export function computeColors({ element, sheets, selector, isDark, probe }: ColorSource): ReadonlyMap<string, string> {
  const style = getComputedStyle(element);
  const computed = new Map<string, string>();
  for (const name of declaredNames(sheets, selector)) {
    const value = style.getPropertyValue(name).trim();
    if (COLOR_FUNCTION.test(value))
      computed.set(
        name,
        compute(value, name, isDark, (color) => toColor(color, probe)),
      );
  }
  return computed;
}

function* declaredNames(rules: Iterable<CSSStyleSheet | CSSRule>, selector: string): Iterable<string> {
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) {
      if (rule.selectorText.split(/,\s*/).includes(selector)) yield* [...rule.style].filter((name) => name.startsWith('--_'));
    } else if ('cssRules' in rule) yield* declaredNames((rule as CSSStyleSheet).cssRules, selector);
  }
}

function compute(value: string, name: string, isDark: boolean, parse: (color: string) => Color): string {
  const resolve = (text: string): string => compute(text, name, isDark, parse);
  const { functionName, args } = parseCall(value);
  if (functionName === 'light-dark') return resolve(args[isDark ? 1 : 0] ?? '');
  if (functionName === 'color-mix') {
    const [, first = '', second = ''] = args;
    const [, color = '', percent = ''] = /^(.*) ([\d.]+)%$/.exec(first) ?? [];
    return toText(mix(parse(resolve(color)), second === 'transparent' ? undefined : parse(resolve(second)), Number(percent) / 100));
  }
  const base = /^color\(from (.*) xyz-d65 /.exec(value)?.[1];
  if (base === undefined) return value;
  const color = parse(resolve(base));
  return toText(name === '--_on-accent' ? blackOrWhite(color) : readable(color, isDark));
}

/** Splits `f(a, g(b, c))` into `f` and the arguments `a` and `g(b, c)`. */
function parseCall(value: string): { readonly functionName: string | undefined; readonly args: readonly string[] } {
  const [, functionName, inside = ''] = /^([\w-]+)\((.*)\)$/s.exec(value) ?? [];
  const args: string[] = [];
  let [depth, begin] = [0, 0];
  for (const [index, sign] of [...inside, ','].entries()) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (sign !== ',' || depth > 0) continue;
    args.push(inside.slice(begin, index).trim());
    begin = index + 1;
  }
  return { functionName, args };
}

function mix(color: Color, other: Color | undefined, part: number): Color {
  if (other === undefined) return [color[0], color[1], color[2], color[3] * part];
  return color.map((channel, index) => channel * part + (other[index] ?? 0) * (1 - part)) as unknown as Color;
}

/** See on-accent.css. */
function blackOrWhite(color: Color): Color {
  return luminance(toLinear(color)) > 0.1791 ? [0, 0, 0, 1] : [1, 1, 1, 1];
}

/** See accent-text.css. */
function readable(color: Color, isDark: boolean): Color {
  const linear = toLinear(color);
  const y = luminance(linear);
  const white = Math.max(0, (0.31 - y) / (1 - y));
  const channels = linear.map((channel) => (isDark ? channel + (1 - channel) * white : channel * Math.min(1, 0.15 / y)));
  return [
    ...channels.map((channel) => (channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055)),
    1,
  ] as unknown as Color;
}

/** WCAG 2.2, relative luminance. */
function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toLinear(color: Color): readonly number[] {
  return color.slice(0, 3).map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
}

/** Parses any colour that the browser supports. */
function toColor(text: string, probe: HTMLElement): Color {
  probe.style.color = '';
  probe.style.color = text;
  const computed = getComputedStyle(probe).color;
  const [red = 0, green = 0, blue = 0, alpha = 1] = (computed.replace(/^color\(\S+/, '').match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const scale = computed.startsWith('rgb') ? 255 : 1;
  return [red / scale, green / scale, blue / scale, alpha];
}

function toText([red, green, blue, alpha]: Color): string {
  return `rgb(${[red, green, blue].map((channel) => Math.round(channel * 255)).join(', ')}, ${alpha})`;
}
