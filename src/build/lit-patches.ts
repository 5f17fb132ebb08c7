/** Strips what the element does not use of Lit. Tied to its pinned version: a patch that no longer matches fails the build. */
import { patchModules } from './replace-or-fail.js';

/** Markup that runs or loads something; none of our templates contains any. */
const RUNNING_MARKUP = String.raw`/<(?:script|iframe|object|embed|base|meta|link|style)|\bon\w+=|srcdoc|javascript:/i.test(t)`;

/** Replaces `createProperty()` and `getPropertyDescriptor()`. */
const PLAIN_PROPERTY = `static createProperty(name, options) {
  if (options.state) options.attribute = false;
  this.elementProperties.set(name, options);
  const key = Symbol();
  Object.defineProperty(this.prototype, name, {
    get() {
      return this[key];
    },
    set(value) {
      const former = this[key];
      this[key] = value;
      this.requestUpdate(name, former, options);
    },
    configurable: true,
    enumerable: true,
  });
}`;

/**
 * Removes from Lit: fallbacks for browsers that we do not support (Safari before 16.4, which we do support, has no adoptable style sheets),
 * hooks for polyfills, and the globals that Lit sets on the host page.
 */
export const stripLitExtras = patchModules({
  name: 'strip-lit-extras',
  environment: 'element',
  modules: {
    '/@lit/reactive-element/css-tag.js': () => `export class CSSResult {}
      export const supportsAdoptingStyleSheets = 'replaceSync' in CSSStyleSheet.prototype;
      export const unsafeCSS = (cssText) => {
        if (!supportsAdoptingStyleSheets) return { cssText };
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(cssText);
        return sheet;
      };
      export const css = ([text]) => unsafeCSS(text);
      export const getCompatibleStyle = (style) => style;
      export const adoptStyles = (root, styles) => {
        if (supportsAdoptingStyleSheets) root.adoptedStyleSheets = styles;
        else for (const { cssText } of styles) {
          const style = document.createElement('style');
          style.nonce = root.host.nonce;
          style.textContent = cssText;
          root.append(style);
        }
      };`,
    '/@lit/reactive-element/reactive-element.js': [
      [/\b\w\.reactiveElementPolyfillSupport\b/g, '(void 0)'],
      [/\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, '0'],
      // Only needed by decorators, which we do not use.
      [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
      [/const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{.*?\}(?=this\.)/, ''],
      [/static addInitializer\(\w\)\{.*?\}(?=static )/, ''],
      [/,void 0!==(\w)\.l&&\(this\.l=\[\.\.\.\1\.l\]\)/, ''],
      [/,this\.constructor\.l\?\.forEach\(\w=>\w\(this\)\)/, ''],
      // No attribute is an object or a list.
      [/;break;case Object:case Array:\w=null==\w\?\w:JSON\.stringify\(\w\)/, ''],
      [/;break;case Object:case Array:try\{\w=JSON\.parse\(\w\)\}catch\(\w\)\{\w=null\}/, ''],
      // The element has a single style sheet.
      [/static finalizeStyles\(\w\)\{.*?return \w\}/, 'static finalizeStyles(styles){return styles?[styles]:[]}'],
      // Properties with custom accessors or `noAccessor`; an attribute always has its property's name.
      [/static createProperty\(.*?\}\}(?=static getPropertyOptions)/, PLAIN_PROPERTY],
      [
        /(?<="properties"\)\)\)\{)const.*?(?=\}this\._\$Eh)/,
        'for(const[name,options]of Object.entries(this.properties))this.createProperty(name,options)',
      ],
      [/static _\$Eu\(.*?\}(?=constructor)/, 'static _$Eu(name,{attribute}){return attribute||void 0}'],
      [/,wrapped:\w(?=\})/, ''],
      [/,!0!==\w\|\|void 0!==\w(?=\)\|\|)/, ''],
      [/const \w=this\.constructor\.elementProperties;if\(\w\.size>0\)for\(.*?\.C\(.*?\)\}(?=\}let)/, ''],
      [/defineProperty:\w,getOwnPropertyDescriptor:\w,getOwnPropertyNames:\w,getOwnPropertySymbols:\w,/, ''],
      // Custom converters and comparisons.
      [/(?<=\()void 0!==\w\.converter\?\.toAttribute\?\w\.converter:(?=\w\)\.toAttribute)/, ''],
      [/"function"==typeof \w\.converter\?.*?\?\w\.converter:(?=\w;)/, ''],
      [/\w\.hasChanged\?\?(?=\w\))/, ''],
      [/\w\?\w\.emptyScript:(?="")/, ''],
      [/,\w=\w\.trustedTypes(?=,)/, ''],
      // Defaults that are the same as `undefined`.
      [/\{attribute:!0,type:String,.*?\}/, '{}'],
      [/this\._\$Ep=void 0,/, ''],
      [/(?<=this\.hasUpdated=!1,)this\._\$Em=null,/, ''],
      // Methods with one caller, and parameters that no caller has.
      [/this\._\$Ev\(\)\}_\$Ev\(\)\{/, ''],
      [/attributeChangedCallback\(.*?\}/, ''],
      [/_\$AK(?=\(\w,\w\)\{)/, 'attributeChangedCallback'],
      [/(?<=attributeChangedCallback\(\w,)(?=\w\))/, 'former,'],
      [/,\w=!1(?=,\w\)\{if\(void 0!==)/, ''],
      [/!1===\w&&\((?=\w=this\[)/, ''],
      [/(?<=if\(\w=this\[\w\])\)/, ''],
      [/,\w(?=\)\{\w&&!\(this\._\$Ej)/, ''],
      [/\w\?\?(?=\w\?\?this\[)/, ''],
      // Conditions that always hold.
      [/this\._\$Eh&&(?=\[)/, ''],
      [/if\(!this\.isUpdatePending\)return;/, ''],
      [/if\(this\.hasOwnProperty\(\w\("elementProperties"\)\)\)return;/, ''],
      // Every class has the same kind of shadow root, and finds its style sheet when it is finalized.
      [/this\.constructor\.shadowRootOptions/, '{mode:"open"}'],
      [/\w\.elementStyles=\[\],\w\.shadowRootOptions=\{.*?\},/, ''],
      // Lifecycle steps that none of our classes overrides.
      [/let \w=!1;(?=const \w=this\._\$AL)/, ''],
      [/\w=this\.shouldUpdate\(\w\),\w\?(?=\(this\.willUpdate)/, ''],
      [/(?<=throw )\w=!1,/, ''],
      [/\w&&(?=this\._\$AE\()/, ''],
      [/(?<=this\.update\(\w\)\)):this\._\$EM\(\)(?=\}catch)/, ''],
      [/shouldUpdate\(\w\)\{return!0\}/, ''],
      [/,this\.firstUpdated\(\w\)/, ''],
      [/firstUpdated\(\w\)\{\}/, ''],
      [/this\.getUpdateComplete\(\)/, 'this._$ES'],
      [/getUpdateComplete\(\)\{return this\._\$ES\}/, ''],
      // Steps that the element overrides; its updates are always asynchronous.
      [/enableUpdating\(\w\)\{\}/, ''],
      [/willUpdate\(\w\)\{\}/, ''],
      [/(?<!\w)updated\(\w\)\{\}/, ''],
      [/const (\w)=this\.scheduleUpdate\(\);return null!=\1&&await \1,/, 'return await this.scheduleUpdate(),'],
      // Only needed by compilers that rename properties.
      [/\b\w\((?="(?:elementProperties|finalized|properties)"\))/g, '('],
    ],
    '/lit-html/lit-html.js': [
      // Lit's Trusted Types policy is restricted to templates: their markup may not run anything by itself.
      ['{createHTML:t=>t}', `{createHTML:t=>{if(${RUNNING_MARKUP})throw TypeError();return t}}`],
      [/\b\w\.litHtmlPolyfillSupport\b/g, '(void 0)'],
      [/\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, '0'],
      // SVG and MathML templates, and element bindings: we use neither.
      [/2===\w\|\|3===\w\)\{.*?\}(?=for)/, '0);'],
      [/2===\w\?"<svg>":3===\w\?"<math>":""/, '""'],
      [/2===\w\?"<\/svg>":3===\w\?"<\/math>":""/, '""'],
      [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\)/, ''],
      [/:6===\w\.type&&\(\w=new \w\(\w,this,\w\)\)/, ':0'],
      // Directives, and their connection callbacks.
      [/(?<=function \w)\((\w),\w,\w=\1,\w\)\{.*?\}(?=class )/, '(part,value){return value}'],
      [/\w=\w\(this,\w,\w(?:,0)?\),/g, ''],
      [/\w\(this,(?=\w\[)/, ''],
      [/(?<=\w\[\w\+\w\]),\w,\w\)(?=,\w===)/, ''],
      [/\w\(this,(?=\w,\w,0\)\?\?)/, ''],
      [/,\w,0\)(?=\?\?\w\)===)/, ''],
      [/(?<=_\$AI\(\w,\w)=this/g, ''],
      [/,this\._\$AM=\w/g, ''],
      [/&&!\w(?=&&this\.j\()/, ''],
      [/,this\._\$AN=void 0/g, ''],
      [/,this\._\$Cv=\w\?\.isConnected\?\?!0/, ''],
      [/get (?:_\$AU|parentNode|startNode|endNode|tagName)\(\)\{[^{}]*\}/g, ''],
      [/setConnected\(\w\)\{[^{}]*\}/, ''],
      [/this\._\$AP\?\.\(!1,!0,\w\)(?=;)/, ''],
      // Lists, raw text elements such as `<style>`, bindings in comments, compiled templates.
      [/:\w\((\w)\)\?this\.k\(\1\)(?=:this\._\(\1\)\})/, ''],
      [/\}k\(\w\)\{.*?\}(?=_\$AR\()/, '}'],
      [/\w\.test\(\w\[2\]\)&&\(\w=RegExp\("<\/"\+\w\[2\],"g"\)\),(?=\w=\w\))/, ''],
      [/\w\?\?(?=\w,\w=-1\))/, ''],
      [/,\w=void 0(?=\);const)/, ''],
      [/if\(\w\.test\(\w\.tagName\)\)\{.*?\}\}(?=\}else if\(8===)/, ''],
      [/;else\{let \w=-1;for\(.*?\.length-1\}(?=\w\+\+\})/, ';'],
      [/"number"==typeof \w\?(?=this\._\$AC\()/, ''],
      [/(?<=this\._\$AC\(\w\)):\(void 0===(\w)\.el&&\(.*?\),\1\)/, ''],
      [/\w\?\.creationScope\?\?(?=\w\))/, ''],
      [/if\(\w\.hasAttributes\(\)\)(?=for)/, ''],
      // Listeners with options, and listener objects.
      [/\|\|\w\.capture!==\w\.capture\|\|\w\.once!==\w\.once\|\|\w\.passive!==\w\.passive/, ''],
      [/"function"==typeof this\._\$AH\?(?=this\._\$AH\.call\()/, ''],
      [/:this\._\$AH\.handleEvent\(\w\)/, ''],
      // Bindings in comments and to properties; the part information of directives.
      [/"!--"===\w\[1\]\?\w=\w:void 0!==\w\[1\]\?\w=\w:/, ''],
      [/\w===\w\|\|\w===\w\?(\w)=\w:(?=\(\1=\w\);const)/, ''],
      [/"\."===\w\[1\]\?\w:/, ''],
      [/constructor\(\)\{super\(\.\.\.arguments\),this\.type=[34]\}/g, ''],
      [/constructor\((\w,\w,\w,\w,\w)\)\{super\(\1\),this\.type=5\}/, ''],
      [/this\.type=\d,/g, ''],
      // Content that is rendered before other nodes of its container, and the wrappers of a polyfill.
      [/\w\?\.renderBefore\?\?(?=\w;)/, ''],
      [/const \w=\w\?\.renderBefore\?\?null;/, ''],
      [/insertBefore(?=\(\w\(\),\w\),\w,void 0,)/, 'appendChild'],
      [/(?<=appendChild\(\w\(\)),\w\),\w(?=,void 0,)/, '),null'],
      [/(?<=null,void 0,\w)\?\?\{\}/, ''],
      [/\b\w(?=\(\w\)\.(?:nextSibling|remove)\b)/g, ''],
    ],
    '/lit-element/lit-element.js': [
      [/\b\w\.litElement(?:Polyfill|Hydrate)Support\b/g, '(void 0)'],
      [/\(\w\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, '0'],
      // Only needed for server-side rendering, which the element does not support.
      ['i._$litElement$=!0,', ''],
      // Style sheets that are elements come before the content; their place has no effect.
      [/createRenderRoot\(\)\{.*?\}(?=update\()/, ''],
      [/render\(\)\{return \w\}/, ''],
      // Only needed by directives.
      [/,this\._\$Do=void 0/, ''],
      [/this\._\$Do=(?=\w\()/, ''],
      [/connectedCallback\(\)\{super\.connectedCallback\(\),this\._\$Do\?\.setConnected\(!0\)\}/, ''],
      [/disconnectedCallback\(\)\{super\.disconnectedCallback\(\),this\._\$Do\?\.setConnected\(!1\)\}/, ''],
      [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, ''],
    ],
  },
});
