/** Name of the script with the element's class, and of its function. The build puts the names that they have got in their place. */
export const ELEMENT_SCRIPT = 'define-element.js';
export const DEFINE = 'defineCozeChat';
