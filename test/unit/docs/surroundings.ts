/** Declarations for the documentation's examples: the host's own names, and packages that this project does not install. */

export const SURROUNDINGS = `
type ServerPart = typeof import('coze-chat-embed/server');
type Identity = { id: string };

declare const app: import('express').Express;
declare const express: typeof import('express');
declare const redis: import('ioredis').Redis;
declare function userOfSession(cookie: string | null | undefined): Promise<{ id: string; customerId: string } | null>;

declare const oauth: ReturnType<ServerPart['fromCozeOAuthConfig']>;
declare const identify: import('coze-chat-embed/server').Identify<any>;
declare const bySession: import('coze-chat-embed/server').Identify<any>;
declare const createCozeChat: ServerPart['createCozeChat'];
declare const createTokenEndpoint: ServerPart['createTokenEndpoint'];
declare const fromCozeOAuthConfig: ServerPart['fromCozeOAuthConfig'];
declare const anonymousVisitor: ServerPart['anonymousVisitor'];
declare const readCozeOAuthConfig: typeof import('coze-chat-embed/server/node').readCozeOAuthConfig;
declare const getRequestListener: typeof import('@hono/node-server').getRequestListener;
declare const readFileSync: typeof import('node:fs').readFileSync;

declare var cozeChat: any;
interface Window { cozeChat: any }

declare function defineNuxtConfig(config: object): object;
declare function defineEventHandler(
  handler: (event: { node: { req: import('node:http').IncomingMessage; res: import('node:http').ServerResponse } }) => unknown,
): unknown;
`;

export const MODULES = `
declare module 'express-session' {
  export default function session(options: { secret: string; resave: boolean; saveUninitialized: boolean }): import('express').RequestHandler;
}
declare module '@vitejs/plugin-vue' {
  export default function vue(options: {
    template: { compilerOptions: { isCustomElement: (tag: string) => boolean } };
  }): import('vite').Plugin;
}
declare module '@playwright/test' {
  export const expect: (value: unknown) => { not: { toBe(value: unknown): void } };
  export const test: (title: string, run: (tools: { page: import('playwright').Page }) => Promise<void>) => void;
}
declare module 'koa' {
  export interface Context {
    readonly path: string;
    respond?: boolean;
    readonly req: import('node:http').IncomingMessage;
    readonly res: import('node:http').ServerResponse;
  }
  export type Next = () => Promise<unknown>;
}
declare module 'next/headers' {
  export function cookies(): Promise<{ get(name: string): { value: string } | undefined }>;
}
declare module 'next/script' {
  export default function Script(properties: { src: string; 'data-bot-id': string }): null;
}
`;

/** express-session's addition to Node's request. */
export const SESSION = `
export {};
declare module 'node:http' {
  interface IncomingMessage { session: { userId?: string } }
}
`;
