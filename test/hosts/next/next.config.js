/** @type {import('next').NextConfig} */
export default { serverExternalPackages: ['coze-chat-embed'], outputFileTracingRoot: import.meta.dirname };
