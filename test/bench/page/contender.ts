/** What is compared: a page with a chat on it, and the files it loads. */

export interface Settings {
  readonly apiBaseUrl: string;
  readonly botId: string;
  readonly tokenEndpoint: string;
}

export interface Contender {
  readonly name: string;
  /** Opens the chat and, unless it is not to be found then, closes it. None: the chat is there from the start. */
  readonly launcher?: string;
  /** Sends what was written, where Enter does not. */
  readonly sender?: string;
  /** The page's body. Its files are under `/bench/<name>/`. */
  body(settings: Settings): string;
  /** Path below `/bench/<name>/` → file. */
  files(): Promise<Readonly<Record<string, string>>>;
  /** Of a backend that knows one question only: path → JSON. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** What a page may load of a package. */
export const isAsset = (file: string): boolean => /\.(?:m?js|css|svg|png|gif|woff2?)$/.test(file);

/** A page without a chat, to see what the rest costs. */
export const emptyPage: Contender = { name: 'empty page', body: () => '', files: async () => ({}) };

/** Whether it has a chat to be measured. */
export const hasChat = ({ name }: Contender): boolean => name !== emptyPage.name;
