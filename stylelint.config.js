/** Holds the style sheets against `browserslist` in package.json, by the data of MDN and of caniuse: each knows features that the other lacks. */
const COLOR_FUNCTIONS = '/light-dark\\(|color-mix\\(|\\bcolor\\(/';

export default {
  plugins: ['stylelint-browser-compat', 'stylelint-no-unsupported-browser-features'],
  rules: {
    // Where a browser lacks one of these, computed-colors.ts works out what custom properties of ours are made of, and nothing else.
    'declaration-property-value-disallowed-list': { '/^(?!--_)/': [COLOR_FUNCTIONS] },
    'plugin/browser-compat': [
      true,
      {
        allow: {
          partialImplementation: true,
          features: [
            'types.color.color',
            'types.color.color-mix',
            // The build lowers it.
            'at-rules.media.range_syntax',
            // Without them it looks and works the same, but for a panel that closes at once, and a field that grows by a script of ours.
            'properties.transition-behavior',
            'properties.field-sizing',
          ],
        },
      },
    ],
    'plugin/no-unsupported-browser-features': [
      true,
      {
        ignorePartialSupport: true,
        ignore: [
          'css-color-function',
          // The build lowers these.
          'css-nesting',
          'css-media-range-syntax',
          // Only inside @supports.
          'css-has',
          'viewport-unit-variants',
          // For a mouse, and for fingers.
          'css3-cursors',
          'css-touch-action',
        ],
      },
    ],
  },
};
