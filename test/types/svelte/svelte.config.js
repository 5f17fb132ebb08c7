/** Prevents svelte-check from loading the project's Vite configuration. */
export default {};
