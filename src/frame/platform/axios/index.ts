/**
 * What stands in for `axios` inside the frame: as much of its interface as the SDK (`utils/mini-coze-api`) and `@coze/api` (`fetchAPI`,
 * `files.upload`) use, on `fetch`. axios itself is a fifth of the frame's weight, most of it for Node, progress and options nobody sets.
 */
import { createClient } from './client.js';
import { send } from './send.js';

export { toFormData } from './request-body.js';

export default { create: createClient, request: send };
