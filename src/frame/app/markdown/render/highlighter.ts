/** The highlighter without its grammars: a dynamic import of the package itself would bring them all. */
export { createLowlight } from 'lowlight';
