/** White space of Lit's templates in the bundle. */
import { describe, expect, it } from 'vitest';
import { minifyTemplates } from '../../../src/build/minify-templates.js';

describe('minifyTemplates', () => {
  it('minifyTemplates() removes line breaks beside tags, and writes others as one space', () => {
    const code = 'html`<button\n    type="button"\n    @click=${open}\n  >\n    ${icon}\n    <b>Two\n      words</b>\n  </button>`;';
    expect(minifyTemplates(code)).toBe('html`<button type="button" @click=${open}>${icon}<b>Two words</b></button>`;');
  });

  it('minifyTemplates() keeps a space between two expressions', () => {
    expect(minifyTemplates('html`<p>\n  ${name} ${badge}\n</p>`')).toBe('html`<p>${name} ${badge}</p>`');
  });

  it('minifyTemplates() minifies a template inside an expression of another template', () => {
    expect(minifyTemplates('html`<p>\n${on ? html`<b>\n  ${x}\n</b>` : ""}\n</p>`')).toBe('html`<p>${on ? html`<b>${x}</b>` : ""}</p>`');
  });

  it('minifyTemplates() does not change other strings, templates and tags', () => {
    const code = 'const a = "> <"; const b = `<a>\n  b`; const c = css`a\n  b`; html`<i></i>`;';
    expect(minifyTemplates(code)).toBe(code);
  });
});
