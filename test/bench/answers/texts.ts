/** The texts of the bench: typical answers of a model, of any length. */

/** The last word of each text. */
export const END = 'finis';

const SECTION = `## 配置步骤

**注意：**请先登录。含**「重点」**内容，以及**真，**她。See the [user guide](https://example.com/guide), or ask for \`npm run build\`.

1. Open the *settings* and choose **Integrations**.
2. Paste the key, then press ~~Save~~ **Apply**:
   - it is checked at once,
   - nothing is sent before.

| Plan | Price | Seats |
|------|------:|:-----:|
| Free | 0     | 1     |
| Team | 12    | 20    |

\`\`\`ts
const answer = await fetch('/api/coze/token', { method: 'POST' });
\`\`\`

> A quotation that goes on for a while, so that there is something to break into lines on a narrow screen.

`;

export function longAnswer(length: number): string {
  return `${SECTION.repeat(Math.ceil(length / SECTION.length)).slice(0, length)}\n\n${END}`;
}

/** Short answers with a little of everything, each a little different. */
export function history(count: number): readonly string[] {
  return [
    ...Array.from(
      { length: count - 1 },
      (_, index) => `Answer **${index}** with \`code\`:\n\n- one\n- [two](https://example.com/${index})`,
    ),
    END,
  ];
}
