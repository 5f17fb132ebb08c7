/**
 * Replaces `axios` inside the frame: the part of its interface that the SDK (`utils/mini-coze-api`) and `@coze/api` (`fetchAPI`,
 * `files.upload`) use, on `fetch`. axios itself is a fifth of the frame's size, most of it for Node, progress and unused options.
 */
import { createClient } from './client.js';
import { send } from './send.js';

export { toFormData } from './request-body.js';

export default { create: createClient, request: send };
