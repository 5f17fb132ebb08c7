/** Taro's queries for position and scroll offset of elements. */
import type Taro from '@tarojs/taro';

/** The object of a query: an element, or the viewport. */
type Subject = Pick<HTMLElement, 'id' | 'dataset' | 'scrollLeft' | 'scrollTop' | 'getBoundingClientRect'>;
type Callback = (result: never) => void;

export interface NodesRef extends Record<keyof Pick<Taro.NodesRef, 'boundingClientRect' | 'scrollOffset' | 'fields'>, unknown> {
  boundingClientRect(callback?: Callback): SelectorQuery;
  scrollOffset(callback?: Callback): SelectorQuery;
  fields(wanted: Taro.NodesRef.Fields, callback?: Callback): SelectorQuery;
}
export interface SelectorQuery extends Record<keyof Pick<Taro.SelectorQuery, 'select' | 'selectViewport' | 'exec'>, unknown> {
  select(selector: string): NodesRef;
  selectViewport(): NodesRef;
  exec(callback?: (results: readonly unknown[]) => void): void;
}

/** Collects queries; `exec` runs them in order; the result for a missing element is `null`. */
export function createSelectorQuery(): SelectorQuery {
  const queries: (() => unknown)[] = [];
  const createNodesRef = (find: () => Subject | null): NodesRef => {
    const addQuery = (measure: (subject: Subject) => object, callback?: Callback): SelectorQuery => {
      queries.push(() => {
        const subject = find();
        const result = subject && measure(subject);
        callback?.(result as never);
        return result;
      });
      return query;
    };
    return {
      boundingClientRect: (callback) => addQuery((subject) => ({ ...identity(subject), ...rect(subject), ...size(subject) }), callback),
      scrollOffset: (callback) => addQuery((subject) => ({ ...identity(subject), ...scrollOffset(subject) }), callback),
      fields: (wanted, callback) => addQuery((subject) => fields(subject, wanted), callback),
    };
  };
  const query: SelectorQuery = {
    select: (selector) => createNodesRef(() => document.querySelector<HTMLElement>(selector)),
    selectViewport: () => createNodesRef(() => viewport),
    exec: (callback) => {
      const results = queries.map((runQuery) => runQuery());
      callback?.(results);
    },
  };
  return query;
}

const viewport: Subject = {
  id: '',
  dataset: {},
  get scrollLeft() {
    return window.scrollX;
  },
  get scrollTop() {
    return window.scrollY;
  },
  getBoundingClientRect: () => new DOMRect(0, 0, window.innerWidth, window.innerHeight),
};

const identity = ({ id, dataset }: Subject): object => ({ id, dataset: { ...dataset } });
const scrollOffset = ({ scrollLeft, scrollTop }: Subject): object => ({ scrollLeft, scrollTop });

function rect(subject: Subject): object {
  const { left, top, right, bottom } = subject.getBoundingClientRect();
  return { left, top, right, bottom };
}

function size(subject: Subject): object {
  const { width, height } = subject.getBoundingClientRect();
  return { width, height };
}

function fields(subject: Subject, wanted: Taro.NodesRef.Fields): object {
  return {
    ...(wanted.id && { id: subject.id }),
    ...(wanted.dataset && { dataset: { ...subject.dataset } }),
    ...(wanted.rect && rect(subject)),
    ...(wanted.size && size(subject)),
    ...(wanted.scrollOffset && scrollOffset(subject)),
  };
}
