/** The floors of the house: imports go down only. */
const below = (name, from, to, pathNot) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|demo|test)/', pathNot: to, ...pathNot },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    // The frameworks are their users' to install; test/types has them.
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { pathNot: '^src/frameworks/' },
      to: { couldNotResolve: true, pathNot: '^@tarojs/' },
    },
    below('errors-are-the-ground', '^src/(chat-error|errors)\\.ts', '^src/errors\\.ts$'),
    below('token-knows-only-errors', '^src/token/', '^src/(errors\\.ts|token/)'),
    below('locales-know-only-each-other', '^src/locales/', '^src/locales/'),
    below(
      'config-and-events-are-contracts',
      '^src/(config|chat-options-check|events)\\.ts',
      '^src/(errors\\.ts|token/|locales/|frame/(contract|chat-options)\\.ts)',
    ),
    below('frame-knows-no-session', '^src/frame/', '^src/(errors\\.ts|token/time\\.ts|locales/|frame/)'),
    below(
      'session-knows-no-element',
      '^src/session/',
      '^src/(errors|chat-error|config|events)\\.ts|^src/(token|locales|session)/|^src/frame/[^/]+\\.ts',
    ),
    below(
      'element-knows-no-server',
      '^src/element/',
      '^src/(errors|chat-error|config|chat-options-check|events)\\.ts|^src/(token|locales|session|element)/|^src/frame/[^/]+\\.ts',
    ),
    below('server-shares-only-wire-and-errors', '^src/server/', '^src/(server/|errors\\.ts|token/wire\\.ts)'),
    below('cli-knows-only-the-server', '^src/cli/', '^src/(cli/|server/|errors\\.ts)'),
    {
      name: 'nobody-needs-the-cli',
      severity: 'error',
      from: { pathNot: '^(src/cli/|test/)' },
      to: { path: '^src/cli/' },
    },
    below('frameworks-see-the-public-face', '^src/frameworks/', '^src/(frameworks/|index\\.ts|element/chat-properties\\.ts)'),
    below('the-other-company-stands-alone', '^demo/coze-stand-in/', '^demo/coze-stand-in/'),
    {
      name: 'inside-is-reached-by-url',
      severity: 'error',
      from: { pathNot: '^(src/frame/inside/|test/)' },
      to: { path: '^src/frame/inside/' },
    },
    { name: 'the-product-needs-no-demo', severity: 'error', from: { path: '^src/' }, to: { path: '^(demo|test)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
