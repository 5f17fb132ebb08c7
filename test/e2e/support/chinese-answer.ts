/** A long Chinese answer with a bit of every construct, as models write it. */
export const CHINESE_ANSWER = `## 如何接入令牌接口

**注意：**请先在扣子控制台**「授权」**页面创建一个 OAuth 应用，再按下面的步骤配置。详细说明见[接入指南](https://www.coze.cn/docs/developer_guides/oauth_apps)，也可以直接访问https://www.coze.cn/docs，然后搜索“JWT”。

1. **生成密钥：**在控制台下载私钥，并保存到服务器上的环境变量；
2. **部署接口：**安装 \`coze-chat-embed\`，然后添加下面的路由；
3. **检查结果：**
   - 两位访客同时登录，各自只能看到*自己的*对话；
   - 令牌到期后自动续期，~~需要刷新页面~~访客不会察觉。

\`\`\`ts
import { createCozeChat } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';

// 每位访客都有自己的 session_name
export const cozeChat = createCozeChat({
  oauth: readCozeOAuthConfig('coze_oauth_config.json'),
  identify: (request) => userOfSession(request),
});
\`\`\`

| 方案   | 每月价格 | 并发访客 | 支持   |
| ------ | -------: | :------: | ------ |
| 免费版 |     ¥ 0  |   100    | 社区   |
| 团队版 |    ¥ 99  |  2,000   | 工作日 |
| 企业版 |   ¥ 999  |  不限    | 全天   |

如果每位访客平均停留 $t$ 秒，每秒有 $\\lambda$ 位访客到来，那么同时在线的人数约为：

$$L = \\lambda \\cdot t = \\sum_{k=1}^{n} \\frac{\\lambda_k\\, t_k}{1 + \\rho^2}$$

> 以上数字只是估算，请以实际监控为准。[^1]

- [x] 私钥只保存在服务器上
- [ ] 已经用两个账号试过

[^1]: 监控方法见控制台的“用量”页面。
`;
