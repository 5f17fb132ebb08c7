/** The shop in one pane: products, a cart, and the tools and the context that it offers to the bot. */
import { type ChatTools, defineTools, type GetChatContext } from '../../src/config/page-tools.js';
import { fill } from '../site/marked-text.js';

/** The products, by the last segment of their page's URL. */
export const PRODUCTS = ['house-blend', 'decaf', 'espresso'] as const;

export type Product = (typeof PRODUCTS)[number];

/** The shop's strings. `{quantity}`, `{product}` and `{cart}` are placeholders. */
export interface ShopStrings extends Readonly<Record<Product, string>> {
  readonly product: string;
  readonly quantity: string;
  readonly cartQuestion: string;
  readonly cartChanged: string;
  readonly cartNothing: string;
}

interface Order {
  readonly product: string;
  readonly quantity?: number;
}

export class Shop {
  /** The product whose page the visitor is on. */
  product: Product = PRODUCTS[0];
  readonly #strings: () => ShopStrings;
  readonly #onChange: () => void;
  readonly #cart = new Map<Product, number>();
  #offered: { readonly strings: ShopStrings; readonly tools: ChatTools } | undefined;

  constructor(strings: () => ShopStrings, onChange: () => void) {
    this.#strings = strings;
    this.#onChange = onChange;
  }

  /** As text: `1 × Decaf`. */
  get cart(): string {
    return [...this.#cart].map(([product, quantity]) => `${quantity} × ${this.#strings()[product]}`).join(', ');
  }

  empty(): void {
    this.#cart.clear();
    this.#onChange();
  }

  look(product: string): void {
    this.product = PRODUCTS.find((one) => one === product) ?? this.product;
    this.#onChange();
  }

  get page(): string {
    return `/coffee/${this.product}`;
  }

  readonly context: GetChatContext = () => ({ page: this.page, product: this.#strings()[this.product] });

  /** Returns the same object until the language changes, because the element treats another object as a change of the tools. */
  get tools(): ChatTools {
    const strings = this.#strings();
    if (this.#offered?.strings !== strings) this.#offered = { strings, tools: this.#defineTools(strings) };
    return this.#offered.tools;
  }

  #defineTools({ product, quantity, cartQuestion, cartNothing }: ShopStrings): ChatTools {
    return defineTools({
      get_cart: { effect: 'read', parameters: { type: 'object' }, run: () => this.cart || cartNothing },
      add_to_cart: {
        parameters: {
          type: 'object',
          required: ['product'],
          additionalProperties: false,
          properties: {
            product: { type: 'string', maxLength: 40, title: product },
            quantity: { type: 'integer', minimum: 1, maximum: 20, title: quantity },
          },
        },
        confirm: ({ product, quantity = 1 }) => fill(cartQuestion, { product, quantity: `${quantity}` }),
        run: ({ product, quantity = 1 }) => this.#add({ product, quantity }),
      },
    });
  }

  #add({ product: wanted, quantity = 1 }: Order): string {
    const strings = this.#strings();
    const isWanted = (name: string): boolean => name.toLowerCase() === wanted.toLowerCase();
    const product = PRODUCTS.find((one) => isWanted(one) || isWanted(strings[one]));
    if (product === undefined) throw new Error(`The shop has no ${wanted}.`);
    this.#cart.set(product, (this.#cart.get(product) ?? 0) + quantity);
    this.#onChange();
    return fill(strings.cartChanged, { cart: this.cart });
  }
}
