import { cp } from 'node:fs/promises';

export default defineNuxtConfig({
  nitro: { externals: { external: ['coze-chat-embed'] } },
  hooks: {
    // Nitro copies the package's code into the build, but not the files that it serves.
    'nitro:build:public-assets': ({ options }) =>
      cp('node_modules/coze-chat-embed/dist', `${options.output.serverDir}/node_modules/coze-chat-embed/dist`, { recursive: true }),
  },
  app: {
    head: {
      script: [{ src: '/coze/embed.js', defer: true, 'data-bot-id': '73428668', 'data-api-base-url': 'https://api.coze.cn' }],
      link: [{ rel: 'icon', href: 'data:,' }],
    },
  },
  telemetry: false,
});
