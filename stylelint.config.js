/**
 * Checks the style sheets against `browserslist` in package.json, by the data of MDN and of caniuse: each has features that the other
 * lacks.
 */
const COLOR_FUNCTIONS = '/light-dark\\(|color-mix\\(|\\bcolor\\(/';

export default {
  plugins: ['stylelint-browser-compat', 'stylelint-no-unsupported-browser-features'],
  rules: {
    // If a browser lacks one of these, computed-colors.ts computes the values of our custom properties, but of no other declaration.
    'declaration-property-value-disallowed-list': { '/^(?!--_)/': [COLOR_FUNCTIONS] },
    'plugin/browser-compat': [
      true,
      {
        allow: {
          partialImplementation: true,
          features: [
            'types.color.color',
            'types.color.color-mix',
            // The build lowers this.
            'at-rules.media.range_syntax',
            // Without these the chat looks and works the same, except that a panel closes without a transition, and a script of ours
            // resizes a field.
            'properties.transition-behavior',
            'properties.field-sizing',
            // Only reset, in case the page sets them: a browser without them has nothing to reset.
            'properties.container-type',
            'properties.content-visibility',
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
          // Only used inside @supports.
          'css-content-visibility',
          'css-has',
          'viewport-unit-variants',
          // For mice and for touch screens.
          'css3-cursors',
          'css-touch-action',
        ],
      },
    ],
  },
};
