/** Bodies of requests. */
import type { RequestHeaders } from './request-headers.js';

/** Appends one field for each value that is present; files keep their names. */
export function toFormData(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value != null) form.append(name, String(value as string | number | boolean));
  }
  return form;
}

/** Serialises the body. Sets the content type of JSON; the browser sets that of a form, with its boundary. */
export function requestBody(data: unknown, headers: RequestHeaders): BodyInit | null {
  if (data == null) return null;
  if (data instanceof FormData) return data;
  headers.set('content-type', 'application/json');
  return JSON.stringify(data);
}
