/** The shop in one pane: products to look at, a cart, and what of both the bot may see and do. */
import { type ChatTools, defineTools, type GetChatContext } from '../../src/config/page-tools.js';

export const PRODUCTS: readonly string[] = ['House blend', 'Decaf', 'Espresso'];

interface Order {
  readonly product: string;
  readonly quantity?: number;
}

export class Shop {
  /** Whose page the visitor is on. */
  product = PRODUCTS[0] ?? '';
  readonly #onChange: () => void;
  readonly #cart = new Map<string, number>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** As text: `1 × Decaf`. */
  get cart(): string {
    return [...this.#cart].map(([product, quantity]) => `${quantity} × ${product}`).join(', ');
  }

  empty(): void {
    this.#cart.clear();
    this.#onChange();
  }

  look(product: string): void {
    this.product = product;
    this.#onChange();
  }

  get page(): string {
    return `/coffee/${this.product.toLowerCase().replace(' ', '-')}`;
  }

  readonly context: GetChatContext = () => ({ page: this.page, product: this.product });

  readonly tools: ChatTools = defineTools({
    get_cart: { effect: 'read', parameters: { type: 'object' }, run: () => this.cart || 'nothing yet' },
    add_to_cart: {
      parameters: {
        type: 'object',
        required: ['product'],
        additionalProperties: false,
        properties: { product: { type: 'string', maxLength: 40 }, quantity: { type: 'integer', minimum: 1, maximum: 20 } },
      },
      confirm: ({ product, quantity = 1 }) => `Put ${quantity} × ${product} into your cart?`,
      run: ({ product, quantity = 1 }) => this.#add({ product, quantity }),
    },
  });

  #add({ product: wanted, quantity = 1 }: Order): string {
    const product = PRODUCTS.find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (product === undefined) throw new Error(`The shop has no ${wanted}.`);
    this.#cart.set(product, (this.#cart.get(product) ?? 0) + quantity);
    this.#onChange();
    return `In the cart: ${this.cart}.`;
  }
}
