import type { StatusTexts } from './en.js';

export const zhCN: StatusTexts = {
  signedOutTitle: '您已退出登录',
  signedOutText: '请先登录本网站，再查看您的对话。',
  unreachableText: '请检查网络后重试。',
  unavailableTitle: '该助手不可用',
  unavailableText: '此聊天背后的智能体暂时无法使用。',
  forbiddenTitle: '没有权限',
  forbiddenText: '您的账号不能使用此聊天。',
  misconfiguredTitle: '此聊天未正确配置',
  misconfiguredText: '给页面作者的提示：',
};
