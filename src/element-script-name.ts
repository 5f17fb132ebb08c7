/** Name of the script with the element's class, and of its function. The build replaces both by the names of its output. */
export const ELEMENT_SCRIPT = 'define-element.js';
export const DEFINE = 'defineCozeChat';
