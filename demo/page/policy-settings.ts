/** The form that creates the content security policy for a page's settings. */
import { fill } from '../site/marked-text.js';
import { contentSecurityPolicy } from './content-security-policy.js';
import { find } from './find.js';
import type { PreviewStrings } from './strings/en.js';

/** Placeholder for the nonce that the reader's server creates for each response. */
const NONCE_PLACEHOLDER = '{nonce}';

export function showPolicyFor(form: HTMLFormElement, strings: PreviewStrings): void {
  const show = (): void => {
    // An incomplete URL leaves the previous policy in place.
    if (form.checkValidity()) find('#snippet-policy code').textContent = `${toPolicy(new FormData(form)).join(';\n')}\n`;
  };
  form.addEventListener('input', () => {
    for (const field of form.querySelectorAll<HTMLInputElement>('label > input:not([type])')) explain(field, strings);
    find('#policy-mistake').textContent = form.querySelector<HTMLInputElement>('input:invalid')?.validationMessage ?? '';
    show();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  show();
}

function toPolicy(data: FormData): readonly string[] {
  const text = (name: string): string => String(data.get(name) ?? '').trim();
  return contentSecurityPolicy({
    pageUrl: location.href,
    filesUrl: text('filesUrl'),
    frameSrc: text('frameSrc'),
    tokenEndpoint: text('tokenEndpoint'),
    apiBaseUrl: text('apiBaseUrl'),
    pictures: urlsIn(text('pictures')),
    nonce: data.has('nonce') ? NONCE_PLACEHOLDER : '',
    uploads: data.has('uploads'),
    voiceInput: data.has('voiceInput'),
    readAloud: data.has('readAloud'),
    trustedTypes: data.has('trustedTypes'),
  });
}

function explain(field: HTMLInputElement, { noUrl }: PreviewStrings): void {
  const wrong = urlsIn(field.value).find((url) => !URL.canParse(url, location.href));
  field.setCustomValidity(wrong === undefined ? '' : fill(noUrl, { text: wrong }));
}

const urlsIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter((url) => url !== '');
