/** Keeps svelte-check from the project's Vite configuration. */
export default {};
