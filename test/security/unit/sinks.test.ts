/** M4, H4: the build finds every sink that turns text into markup or code in browser files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkSinks, findSinks } from '../../../src/build/sinks.js';

test.each([
  ['innerHTML', 'element.innerHTML = text'],
  ['innerHTML', "element['innerHTML'] += text"],
  ['innerHTML', 'element[`innerHTML`] = text'],
  ['innerHTML', 'Object.assign(element, { innerHTML: text })'],
  ['innerHTML', 'const name = "innerHTML"; element[name] = text'],
  ['outerHTML', 'element.outerHTML = text'],
  ['insertAdjacentHTML', "element.insertAdjacentHTML('beforeend', text)"],
  ['setHTMLUnsafe', 'element.setHTMLUnsafe(text)'],
  ['parseHTMLUnsafe', 'Document.parseHTMLUnsafe(text)'],
  ['createContextualFragment', 'range.createContextualFragment(text)'],
  ['parseFromString', "new DOMParser().parseFromString(text, 'text/html')"],
  ['srcdoc', 'frame.srcdoc = text'],
  ['srcdoc', "frame.setAttribute('srcdoc', text)"],
  ['document.write', 'document.write(text)'],
  ['document.writeln', 'frame.contentDocument.writeln(text)'],
  ['execCommand', "document.execCommand('insertHTML', false, text)"],
  ['dangerouslySetInnerHTML', 'h("p", { dangerouslySetInnerHTML: markup })'],
  ['eval', 'eval(text)'],
  ['eval', '(0, window).eval(text)'],
  ['Function', 'new Function(text)'],
  ['Function', 'Function(text)()'],
  ['setTimeout', "setTimeout('alert(1)', 0)"],
  ['Worker', 'new Worker(url)'],
  ['script', "document.createElement('script')"],
  ['script', 'document.createElementNS(svg, `SCRIPT`)'],
  ['javascript:', 'link.href = "javascript:alert(1)"'],
  ['import()', 'import(url)'],
])('The sink %s is found in %s', (name, code) => {
  expect(findSinks(code).map((sink) => sink.name)).toContain(name);
});

test.each([
  'element.textContent = text',
  'stream.write(text)',
  "document.execCommand('copy')",
  "document.createElement('span')",
  'setTimeout(() => {}, 0)',
  'import(`./chunk.js`)',
  '// innerHTML, eval()\nconst text = "how to set innerHTML"',
])('No sink is found in %s', (code) => {
  expect(findSinks(code)).toEqual([]);
});

function checkFiles(files: Readonly<Record<string, string>>): void {
  const folder = mkdtempSync(join(tmpdir(), 'sinks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  checkSinks(folder);
}

test('The build fails for a chunk with a sink, and for an allowed sink that no longer exists', () => {
  expect(() => checkFiles({ 'md-stream-a1B2c3D4.js': 'const i = document.createElement(`i`); i.innerHTML = name' })).toThrow(
    /^md-stream-a1B2c3D4\.js can make code or markup of text: innerHTML in /,
  );
  expect(() => checkFiles({ 'other.js': 'run()' })).toThrow(/^define-element has no innerHTML any more/);
});

test('A sink that is allowed once is not allowed a second time', () => {
  const template = 'function el(e) { let n = document.createElement(`template`);return n.innerHTML=e,n }\n';
  expect(() => checkFiles({ 'define-element-a1B2c3D4.js': template + template.replace('el(', 'other(') })).toThrow(/innerHTML/);
});
