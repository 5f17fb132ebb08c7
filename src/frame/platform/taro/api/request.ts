/** Taro's HTTP request. On the web the SDK uses axios instead, except inside Coze's own pages. */
import type Taro from '@tarojs/taro';
import { privateRequest } from '../../../private-request.js';
import { withTaroCallbacks } from './with-taro-callbacks.js';

/** Parses the response as JSON if possible, otherwise returns text; resolves for every `statusCode`. */
export function request<Data extends string | TaroGeneral.IAnyObject>(
  options: Taro.request.Option<Data>,
): Promise<Taro.request.SuccessCallbackResult<Data>> {
  return withTaroCallbacks('request', options, async () => {
    const { url, data, header, method = 'GET', timeout } = options;
    const response = await fetch(url, {
      ...privateRequest(method),
      headers: { 'content-type': 'application/json', ...header },
      body: data === undefined || method === 'GET' ? null : JSON.stringify(data),
      signal: timeout === undefined ? null : AbortSignal.timeout(timeout),
    });
    const text = await response.text();
    return { data: parse<Data>(text), statusCode: response.status, header: Object.fromEntries(response.headers) };
  });
}

function parse<Data>(text: string): Data {
  try {
    return JSON.parse(text) as Data;
  } catch {
    return text as Data;
  }
}
