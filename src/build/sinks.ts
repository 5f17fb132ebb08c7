/**
 * Finds every place where our browser code turns text into markup or code; only those listed in `ALLOWED_SINKS` are allowed. A dependency with
 * another one fails the build, even if no test reaches it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { filesForPages } from './integrity.js';

export interface Sink {
  /** The sink's name in its specification. */
  readonly name: string;
  /** The surrounding code. */
  readonly code: string;
}

interface AllowedSink {
  /** Name of the chunk's file, without its hash. */
  readonly chunk: string;
  readonly sink: string;
  /** Matches the surrounding code. */
  readonly code: RegExp;
}

/** Each sink occurs once. */
const ALLOWED_SINKS: readonly AllowedSink[] = [
  // Lit's templates: written by us, checked by Lit's Trusted Types policy (`lit-patches.ts`).
  { chunk: 'define-element', sink: 'innerHTML', code: /createElement\(`template`\);return (\w)\.innerHTML=\w,\1/ },
  // The frame's document: `frame/host/trusted-frame-document.ts`.
  { chunk: 'chat-controller', sink: 'srcdoc', code: /\.srcdoc=/ },
  // Each loads the element's script from the URL beside itself: `load-element.ts`.
  ...['define', 'embed', 'webchatclient'].map((chunk) => ({ chunk, sink: 'import()', code: /define-element-/ })),
  // In a browser that is too old, these load `define.js`, which registers a replacement for the element: `load-element.ts`.
  ...['embed', 'webchatclient'].map((chunk) => ({ chunk, sink: 'import()', code: /define\.js/ })),
  // Modules of the frame in browsers that cannot preload them, with their digest: `frame/platform/load-chunk.ts`.
  { chunk: 'frame', sink: 'script', code: /type:`module`,src:/ },
];

/** Members of elements, documents and parsers that take markup, and their names in frameworks. */
const MARKUP_MEMBERS: ReadonlySet<unknown> = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'parseHTMLUnsafe',
  'createContextualFragment',
  'parseFromString',
  'srcdoc',
  'dangerouslySetInnerHTML',
  '__html',
  'importScripts',
]);
const DOCUMENT_MEMBERS: ReadonlySet<unknown> = new Set(['write', 'writeln']);
const CODE_FUNCTIONS: ReadonlySet<unknown> = new Set(['eval', 'Function', 'Worker', 'SharedWorker']);
const TIMERS: ReadonlySet<unknown> = new Set(['setTimeout', 'setInterval']);
const ELEMENT_FACTORIES: ReadonlySet<unknown> = new Set(['createElement', 'createElementNS']);
const HARMLESS_COMMANDS: ReadonlySet<unknown> = new Set(['copy', 'cut', 'selectAll', 'delete']);
const SCRIPT_URL = /^\s*(?:javascript|vbscript|data:text\/(?:html|javascript)):/i;

/** @throws for a sink that is not listed, and for a listed one that no longer exists. */
export function checkSinks(folder: string): void {
  const unused = new Set(ALLOWED_SINKS);
  for (const file of filesForPages(folder).filter((name) => name.endsWith('.js'))) {
    for (const { name, code } of findSinks(readFileSync(join(folder, file), 'utf8'))) {
      const chunk = file.replace(/^frame\//, '').replace(/(?:-[\w-]{8})?\.js$/, '');
      const allowed = [...unused].find((each) => each.chunk === chunk && each.sink === name && each.code.test(code));
      if (allowed === undefined) throw new Error(`${file} can make code or markup of text: ${name} in … ${code} …`);
      unused.delete(allowed);
    }
  }
  const [unusedSink] = unused;
  if (unusedSink !== undefined) throw new Error(`${unusedSink.chunk} has no ${unusedSink.sink} any more: take it off the list of doors.`);
}

/** All sinks of a program, however their names are written. */
export function findSinks(program: string): readonly Sink[] {
  const sinks: Sink[] = [];
  visit(parseAst(program) as unknown as Node, (node) => {
    const name = getSink(node);
    if (name !== undefined) sinks.push({ name, code: program.slice(Math.max(0, node.start - 60), node.end + 60) });
  });
  return sinks;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

function getSink(node: Node): string | undefined {
  switch (node.type) {
    case 'MemberExpression':
      return memberSink(node);
    case 'Property':
      return markupName(getName(node['key'] as Node, node['computed'] === true));
    case 'Literal':
    case 'TemplateElement':
      return textSink(getText(node));
    case 'NewExpression':
    case 'CallExpression':
      return callSink(node);
    case 'ImportExpression':
      return getText(node['source'] as Node) === undefined ? 'import()' : undefined;
    default:
      return undefined;
  }
}

function memberSink(node: Node): string | undefined {
  const { object, property } = node as unknown as { readonly object: Node; readonly property: Node };
  const name = getName(property, node['computed'] === true);
  const owner = getName(object.type === 'MemberExpression' ? (object['property'] as Node) : object, false);
  if (DOCUMENT_MEMBERS.has(name) && /document|ownerDocument|contentDocument/.test(owner ?? '')) return `document.${name ?? ''}`;
  // Literals are visited as nodes of their own.
  return node['computed'] === true ? undefined : markupName(name);
}

function textSink(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return SCRIPT_URL.test(text) ? 'javascript:' : markupName(text);
}

function callSink(node: Node): string | undefined {
  const callee = node['callee'] as Node;
  const [first, second] = node['arguments'] as readonly Node[];
  const name = callee.type === 'MemberExpression' ? getName(callee['property'] as Node, false) : getName(callee, false);
  if (CODE_FUNCTIONS.has(name)) return name;
  if (name === 'execCommand' && (first === undefined || !HARMLESS_COMMANDS.has(getText(first)))) return name;
  if (TIMERS.has(name) && first !== undefined && getText(first) !== undefined) return name;
  if (ELEMENT_FACTORIES.has(name) && [first, second].some((each) => each !== undefined && getText(each)?.toLowerCase() === 'script'))
    return 'script';
  return undefined;
}

function markupName(name: string | undefined): string | undefined {
  return MARKUP_MEMBERS.has(name) ? name : undefined;
}

function getName(node: Node, isComputed: boolean): string | undefined {
  if (node.type === 'Identifier') return isComputed ? undefined : (node['name'] as string);
  return getText(node);
}

/** The value of a string literal, or of a template literal without expressions. */
function getText(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type === 'TemplateElement') return (node['value'] as { readonly cooked?: string }).cooked;
  if (node.type !== 'TemplateLiteral' || (node['expressions'] as readonly Node[]).length > 0) return undefined;
  return getText((node['quasis'] as readonly Node[])[0] as Node);
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child && 'start' in child) visit(child as Node, see);
    }
  }
}
