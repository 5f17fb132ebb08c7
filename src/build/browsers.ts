/** The browsers that the package works in: the one list is `browserslist` in package.json. */
import browserslistToEsbuild from 'browserslist-to-esbuild';

/** As Vite takes them for scripts and styles: each engine's oldest. */
export const buildTargets: string[] = browserslistToEsbuild();
