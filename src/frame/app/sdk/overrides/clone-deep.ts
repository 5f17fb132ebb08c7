/** All that the SDK takes from `lodash-es`: it copies Markdown's syntax trees, which are data. */
export const cloneDeep = structuredClone;
