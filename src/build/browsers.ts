/** The browsers that the package supports; their only list is `browserslist` in package.json. */
import browserslistToEsbuild from 'browserslist-to-esbuild';

/** The oldest version of each engine, in Vite's format for scripts and styles. */
export const buildTargets: string[] = browserslistToEsbuild();
