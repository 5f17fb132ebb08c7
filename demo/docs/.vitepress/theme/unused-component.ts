/** Takes the place of components of VitePress that the site does not use, so that no page loads their code. */
export default { render: () => null };
