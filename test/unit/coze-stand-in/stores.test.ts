import { describe, expect, it } from 'vitest';
import { IdSource } from '../../../demo/coze-stand-in/ids.js';
import { TokenStore } from '../../../demo/coze-stand-in/oauth/tokens.js';
import { RequestLog } from '../../../demo/coze-stand-in/request-log.js';
import { ConversationStore } from '../../../demo/coze-stand-in/store/conversations.js';
import { FileStore } from '../../../demo/coze-stand-in/store/files.js';

const alice = { appId: 'app-1', account: '', sessionName: 'alice' };

describe('IdSource', () => {
  it('Ids have nineteen digits and increase', () => {
    const source = new IdSource();
    const ids = Array.from({ length: 1_000 }, () => source.next());
    expect(ids.every((id) => /^\d{19}$/.test(id))).toBe(true);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('ConversationStore', () => {
  const store = new ConversationStore(new IdSource(), () => 1_763_820_000);
  const hers = store.create(alice, { connectorId: '999', botId: 'b' });

  it('The same session name in another OAuth app sees no conversations of the first', () => {
    const namesake = { ...alice, appId: 'app-2' };
    expect(store.list(alice, '999', 'b')).toEqual([hers]);
    expect(store.list(namesake, '999', 'b')).toEqual([]);
    expect(() => store.get(namesake, hers.id)).toThrow(expect.objectContaining({ code: 4002 }) as Error);
  });

  it('Identities with the same names in different fields have separate conversations', () => {
    expect(() => store.get({ appId: 'app-1', account: 'alice', sessionName: '' }, hers.id)).toThrow(
      expect.objectContaining({ code: 4002 }) as Error,
    );
  });
});

describe('FileStore', () => {
  it('A file is available to its own app only', async () => {
    const store = new FileStore(new IdSource());
    const file = await store.add('app-1', new File(['x'], 'x.txt'), 1_763_820_000);
    expect(store.get('app-1', file.id)).toBe(file);
    expect(() => store.get('app-2', file.id)).toThrow(expect.objectContaining({ code: 4304 }) as Error);
  });

  it('The oldest files are dropped when all files together exceed the limit', async () => {
    const store = new FileStore(new IdSource(), 10);
    const first = await store.add('app-1', new File(['12345'], 'a'), 0);
    const second = await store.add('app-1', new File(['12345'], 'b'), 0);
    expect(store.get('app-1', first.id)).toBe(first);
    const third = await store.add('app-1', new File(['1'], 'c'), 0);
    expect(() => store.get('app-1', first.id)).toThrow();
    expect([store.get('app-1', second.id), store.get('app-1', third.id)]).toEqual([second, third]);
  });
});

describe('TokenStore', () => {
  it('The oldest token is dropped when the store is full', () => {
    const store = new TokenStore(2);
    const issue = () => store.issue({ identity: alice, expiresAtMs: 1_000, botIds: undefined });
    const [first, second, third] = [issue(), issue(), issue()];
    expect([first, second, third].map((token) => store.lookUp(`Bearer ${token}`, 0).state)).toEqual(['unknown', 'valid', 'valid']);
  });

  it('Only a header with a bearer token contains a token', () => {
    const store = new TokenStore();
    const token = store.issue({ identity: alice, expiresAtMs: 1_000, botIds: undefined });
    expect([undefined, '', token, `Basic ${token}`, 'Bearer '].map((header) => store.lookUp(header, 0).state)).toEqual(
      Array(5).fill('none'),
    );
  });
});

describe('RequestLog', () => {
  it('The oldest calls beyond the capacity of the log are dropped', () => {
    const log = new RequestLog(2);
    for (const path of ['/a', '/b', '/c']) log.begin('GET', path, '', 0);
    expect(log.all.map((record) => record.path)).toEqual(['/b', '/c']);
  });
});
