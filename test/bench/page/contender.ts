/** A contender of the comparison: a page with a chat, and the files it loads. */

export interface Settings {
  readonly apiBaseUrl: string;
  readonly botId: string;
  readonly tokenEndpoint: string;
}

export interface Contender {
  readonly name: string;
  /** The button that opens the chat and, if it is still visible then, closes it. Absent if the chat is visible from the start. */
  readonly launcher?: string;
  /** The button that sends the message, if Enter does not. */
  readonly sender?: string;
  /** The page's body. Its files are under `/bench/<name>/`. */
  body(settings: Settings): string;
  /** Path below `/bench/<name>/` → file. */
  files(): Promise<Readonly<Record<string, string>>>;
  /** Responses of a backend that only knows one question: path → JSON. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** The files of a package that a page may load. */
export const isAsset = (file: string): boolean => /\.(?:m?js|css|svg|png|gif|woff2?)$/.test(file);

/** A page without a chat, as the baseline. */
export const emptyPage: Contender = { name: 'empty page', body: () => '', files: async () => ({}) };

/** Whether the contender has a chat to be measured. */
export const hasChat = ({ name }: Contender): boolean => name !== emptyPage.name;
