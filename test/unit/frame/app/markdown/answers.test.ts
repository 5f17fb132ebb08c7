import { describe, expect, it } from 'vitest';
import { parse } from './support/parse.js';
import { toHtml } from './support/to-html.js';

/** Typical elements of answers in a language, with its punctuation. */
interface Language {
  readonly name: string;
  /** A term that ends with punctuation of the language, and the text that follows without a space. */
  readonly term: string;
  readonly text: string;
  /** A term in the language's quotation marks or brackets. */
  readonly quoted: string;
  /** The end of a sentence, a comma, and brackets. */
  readonly stop: string;
  readonly comma: string;
  readonly open: string;
  readonly close: string;
  /** The separator between words. */
  readonly space: string;
  readonly noun: string;
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'Chinese',
    term: '注意：',
    text: '请先登录',
    quoted: '「重点」',
    stop: '。',
    comma: '，',
    open: '（',
    close: '）',
    space: '',
    noun: '内容',
  },
  {
    name: 'Taiwanese',
    term: '提醒：',
    text: '請先儲存',
    quoted: '『草稿』',
    stop: '。',
    comma: '，',
    open: '（',
    close: '）',
    space: '',
    noun: '檔案',
  },
  {
    name: 'Japanese',
    term: '重要：',
    text: 'ログインしてください',
    quoted: '『設定』',
    stop: '。',
    comma: '、',
    open: '（',
    close: '）',
    space: '',
    noun: 'ファイル',
  },
  {
    name: 'Korean',
    term: '참고:',
    text: '로그인하세요',
    quoted: '「설정」',
    stop: '.',
    comma: ',',
    open: '(',
    close: ')',
    space: ' ',
    noun: '파일',
  },
  {
    name: 'Arabic',
    term: 'ملاحظة:',
    text: 'سجّل الدخول أولاً',
    quoted: '«الإعدادات»',
    stop: '.',
    comma: '، ',
    open: '(',
    close: ')',
    space: ' ',
    noun: 'الملف',
  },
  {
    name: 'Hebrew',
    term: 'שימו לב:',
    text: 'התחברו קודם',
    quoted: '״הגדרות״',
    stop: '.',
    comma: ', ',
    open: '(',
    close: ')',
    space: ' ',
    noun: 'הקובץ',
  },
  {
    name: 'Thai',
    term: 'หมายเหตุ:',
    text: 'เข้าสู่ระบบก่อน',
    quoted: '“ตั้งค่า”',
    stop: '',
    comma: ' ',
    open: '(',
    close: ')',
    space: ' ',
    noun: 'ไฟล์',
  },
];

const URL = 'https://example.com/docs';
const LINK = `<a href="${URL}">${URL}</a>`;

/** Lines as models write them, and their intended structure. */
function* lines(language: Language): Generator<readonly [markdown: string, html: string]> {
  const { term, text, quoted, stop, comma, open, close, space, noun } = language;
  yield [`**${term}**${space}${text}${stop}`, `<p><strong>${term}</strong>${space}${text}${stop}</p>`];
  yield [`${noun}${space}**${quoted}**${space}${text}${stop}`, `<p>${noun}${space}<strong>${quoted}</strong>${space}${text}${stop}</p>`];
  yield [`${noun}${space}*${quoted}*${space}${text}${stop}`, `<p>${noun}${space}<em>${quoted}</em>${space}${text}${stop}</p>`];
  yield [`${noun}${space}~~${quoted}~~${space}${text}${stop}`, `<p>${noun}${space}<del>${quoted}</del>${space}${text}${stop}</p>`];
  yield [`***${term}***${space}${text}`, `<p><em><strong>${term}</strong></em>${space}${text}</p>`];
  yield [
    `- **${term}**${space}${text}${stop}\n- **${quoted}**${comma}${noun}`,
    `<ul><li><strong>${term}</strong>${space}${text}${stop}</li><li><strong>${quoted}</strong>${comma}${noun}</li></ul>`,
  ];
  yield [
    `1. **${noun}**${comma}${text}\n2. \`npm i\`${space}${text}`,
    `<ol><li><strong>${noun}</strong>${comma}${text}</li><li><code>npm i</code>${space}${text}</li></ol>`,
  ];
  yield [
    `1. ${noun}\n\n   \`\`\`sh\n   npm i\n   \`\`\`\n\n2. ${text}`,
    `<ol><li><p>${noun}</p><pre><code class="language-sh">npm i\n</code></pre></li><li><p>${text}</p></li></ol>`,
  ];
  yield [`3. ${noun}\n4. ${text}`, `<ol start="3"><li>${noun}</li><li>${text}</li></ol>`];
  yield [`- ${noun}\n  - **${term}**${space}${text}`, `<ul><li>${noun}<ul><li><strong>${term}</strong>${space}${text}</li></ul></li></ul>`];
  yield [`### ${noun}${open}**${text}**${close}`, `<h3>${noun}${open}<strong>${text}</strong>${close}</h3>`];
  yield [`> **${term}**${space}${text}${stop}`, `<blockquote><p><strong>${term}</strong>${space}${text}${stop}</p></blockquote>`];
  yield [`${text}${space}${URL}${stop}`, `<p>${text}${space}${LINK}${stop}</p>`];
  yield [`${text}${space}${URL}${comma}${noun}${stop}`, `<p>${text}${space}${LINK}${comma}${noun}${stop}</p>`];
  yield [`${text}${open}${URL}${close}${stop}`, `<p>${text}${open}${LINK}${close}${stop}</p>`];
  yield [`**${URL}**${space}${text}`, `<p><strong>${LINK}</strong>${space}${text}</p>`];
  yield [`${text}${space}[${quoted}](${URL})${stop}`, `<p>${text}${space}<a href="${URL}">${quoted}</a>${stop}</p>`];
  yield [`**[${noun}](${URL})**${comma}${text}`, `<p><strong><a href="${URL}">${noun}</a></strong>${comma}${text}</p>`];
  yield [`${text}${space}[${noun}][1]${stop}\n\n[1]: ${URL}`, `<p>${text}${space}<a href="${URL}">${noun}</a>${stop}</p>`];
  yield [`![${quoted}](a.png)${text}`, `<p><img src="a.png" alt="${quoted}">${text}</p>`];
  yield [`support@example.com${comma}${text}`, `<p><a href="mailto:support@example.com">support@example.com</a>${comma}${text}</p>`];
  yield [
    `${text}${space}\`a*b*c\`${comma}**\`x\`**${stop}`,
    `<p>${text}${space}<code>a*b*c</code>${comma}<strong><code>x</code></strong>${stop}</p>`,
  ];
  yield [
    `| ${noun} | **${term}** |\n|---|--:|\n| ${text}<br>${noun} | $5 |`,
    `<table><thead><tr><th>${noun}</th><th align="right"><strong>${term}</strong></th></tr></thead><tbody><tr><td>${text}<br>\n${noun}</td><td align="right">$5</td></tr></tbody></table>`,
  ];
  yield [`${noun} $5 ${comma} $10${stop}`, `<p>${noun} $5 ${comma} $10${stop}</p>`];
  yield [`${noun} 3~5 ${comma} 8~10${stop}`, `<p>${noun} 3~5 ${comma} 8~10${stop}</p>`];
  yield [`${text} $x^2 + y^2$${comma} ${noun}`, `<p>${text} <inlineMath>x^2 + y^2</inlineMath>${comma} ${noun}</p>`];
  yield [`${text} \\(a\\,b\\)${stop}`, `<p>${text} <inlineMath>a\\,b</inlineMath>${stop}</p>`];
  yield [`${text}\n$$\nE = mc^2\n- x\n$$\n${noun}`, `<p>${text}</p><math>E = mc^2\n- x</math><p>${noun}</p>`];
  yield [`${text}\n\\[ E = mc^2 \\]\n${noun}`, `<p>${text}</p><math>E = mc^2</math><p>${noun}</p>`];
  yield [
    `- [x] ${noun}\n- [ ] **${quoted}**`,
    `<ul><li><input type="checkbox" checked="" disabled=""> ${noun}</li><li><input type="checkbox" disabled=""> <strong>${quoted}</strong></li></ul>`,
  ];
  yield [`- (x) ${noun}\n- ( ) ${text}`, `<ul><li><input type="radio" checked=""> ${noun}</li><li><input type="radio"> ${text}</li></ul>`];
  yield [
    `${text}[^1]${stop}\n\n[^1]: ${noun}${stop}`,
    `<p>${text}<sup>1</sup>${stop}</p><footnote id="1"><p>${noun}${stop}</p></footnote>`,
  ];
  yield [`${noun} &amp; ${text}  \n${noun}`, `<p>${noun} &amp; ${text}<br>\n${noun}</p>`];
}

const CASES = LANGUAGES.flatMap((language) =>
  Array.from(lines(language), ([markdown, html]) => ({ language: language.name, markdown, html })),
);

/** URLs in sentences without spaces, formulas and prices: the meaning of each notation. */
const SPECIAL: readonly (readonly [markdown: string, html: string])[] = [
  ['请访问https://example.com/docs，然后继续。', `<p>请访问${LINK}，然后继续。</p>`],
  ['请访问https://example.com/docs然后继续', `<p>请访问${LINK}然后继续</p>`],
  ['https://example.com/docsを参照', `<p>${LINK}を参照</p>`],
  ['https://example.com/docs에서', `<p>${LINK}에서</p>`],
  ['https://example.com/docsได้', `<p>${LINK}ได้</p>`],
  ['参见《https://example.com/docs》、“https://example.com/docs”', `<p>参见《${LINK}》、“${LINK}”</p>`],
  ['网址：www.example.com。', '<p>网址：<a href="http://www.example.com">www.example.com</a>。</p>'],
  [
    '请看www.example.com/a、www.example.com/b！',
    '<p>请看<a href="http://www.example.com/a">www.example.com/a</a>、<a href="http://www.example.com/b">www.example.com/b</a>！</p>',
  ],
  ['https://example.com。', '<p><a href="https://example.com">https://example.com</a>。</p>'],
  ['https://example.com然后', '<p><a href="https://example.com">https://example.com</a>然后</p>'],
  ['https://example.com.然后', '<p><a href="https://example.com">https://example.com</a>.然后</p>'],
  ['https://例え.jp/a と', '<p><a href="https://%E4%BE%8B%E3%81%88.jp/a">https://例え.jp/a</a> と</p>'],
  [
    '- https://zh.wikipedia.org/wiki/北京',
    '<ul><li><a href="https://zh.wikipedia.org/wiki/%E5%8C%97%E4%BA%AC">https://zh.wikipedia.org/wiki/北京</a></li></ul>',
  ],
  [
    'https://de.wikipedia.org/wiki/München ist',
    '<p><a href="https://de.wikipedia.org/wiki/M%C3%BCnchen">https://de.wikipedia.org/wiki/München</a> ist</p>',
  ],
  ['https://example.com/docs،الملف', `<p>${LINK}،الملف</p>`],
  ...['\u200b', '\u200e', '\u200f', '\u202c', '\u2069', '\u2060', '\ufeff', '👈', '✅', '→'].map(
    (mark) => [`👉https://example.com/docs${mark}，然后`, `<p>👉${LINK}${mark}，然后</p>`] as const,
  ),
  ['https://example.com/docs؟', `<p>${LINK}؟</p>`],
  ['costs $5 and $10', '<p>costs $5 and $10</p>'],
  ['US$5, A$10, HK$20 and 5$ or 10$', '<p>US$5, A$10, HK$20 and 5$ or 10$</p>'],
  ['价格$5/月，约合30$', '<p>价格$5/月，约合30$</p>'],
  ['**$5** per **$6**', '<p><strong>$5</strong> per <strong>$6</strong></p>'],
  ['$5-$10 a month', '<p>$5-$10 a month</p>'],
  ['$HOME/bin:$PATH', '<p>$HOME/bin:$PATH</p>'],
  ['`$a` and $b$', '<p><code>$a</code> and <inlineMath>b</inlineMath></p>'],
  [
    '$2x + 1$, $\\alpha$ and $a_1$',
    '<p><inlineMath>2x + 1</inlineMath>, <inlineMath>\\alpha</inlineMath> and <inlineMath>a_1</inlineMath></p>',
  ],
  ['\\$5\\$ and \\(x', '<p>$5$ and (x</p>'],
  ['see \\[x\\] and [a\\]', '<p>see <inlineMath>x</inlineMath> and [a]</p>'],
  ['公式为：$$\nE\n$$\n后', '<p>公式为：<inlineMath>E</inlineMath>\n后</p>'],
  [
    '先运行\n```sh\necho $$\n```\n由此得\n$$\nx\n$$\n后',
    '<p>先运行</p><pre><code class="language-sh">echo $$\n</code></pre><p>由此得</p><math>x</math><p>后</p>',
  ],
  ['- a\n\n  $$\n  x\n  - y\n  $$\n\n- b', '<ul><li><p>a</p><math>x\n- y</math></li><li><p>b</p></li></ul>'],
  ['    code\n\n3. a', '<pre><code>code\n</code></pre><ol start="3"><li>a</li></ol>'],
  ['<b>x</b> <img src=x onerror=alert(1)> a<br/>b<BR>c', '<p><b>x</b> <img src=x onerror=alert(1)> a<br>\nb<br>\nc</p>'],
  [
    '[see https://example.com/docs] and [https://a.example](https://b.example)',
    `<p>[see ${LINK}] and <a href="https://b.example">https://a.example</a></p>`,
  ],
];

/** Marks between letters and punctuation that has no space around it. */
const UNSPACED: readonly (readonly [markdown: string, html: string])[] = [
  ['**หมายเหตุ:**ข้อความ', '<p><strong>หมายเหตุ:</strong>ข้อความ</p>'],
  ['กด**“ตั้งค่า”**แล้ว', '<p>กด<strong>“ตั้งค่า”</strong>แล้ว</p>'],
  ['ราคา**฿100**บาท หรือ~~(120)~~บาท', '<p>ราคา<strong>฿100</strong>บาท หรือ<del>(120)</del>บาท</p>'],
  ['**ໝາຍເຫດ:**ຂໍ້ຄວາມ', '<p><strong>ໝາຍເຫດ:</strong>ຂໍ້ຄວາມ</p>'],
  ['**ចំណាំ៖**អត្ថបទ', '<p><strong>ចំណាំ៖</strong>អត្ថបទ</p>'],
  ['**မှတ်ချက်။**စာသား', '<p><strong>မှတ်ချက်။</strong>စာသား</p>'],
  ['**དོགས་པ།**ཚིག', '<p><strong>དོགས་པ།</strong>ཚིག</p>'],
  ['在Coze**“工作流”**API中', '<p>在Coze<strong>“工作流”</strong>API中</p>'],
  ['点击App**‘+’**或Web*“添加”*OK', '<p>点击App<strong>‘+’</strong>或Web<em>“添加”</em>OK</p>'],
  ['**敬请期待……**AI与**版本——**v2', '<p><strong>敬请期待……</strong>AI与<strong>版本——</strong>v2</p>'],
];

describe('Lines of an answer', () => {
  it.each(CASES)('A line in $language gets its Markdown structure: $markdown', ({ markdown, html }) => {
    expect(toHtml(parse(markdown).children)).toBe(html);
  });

  it.each(SPECIAL)('A line with an address, a formula, a price or HTML gets its Markdown structure: %j', (markdown, html) => {
    expect(toHtml(parse(markdown).children)).toBe(html);
  });

  it.each(UNSPACED)(
    'A mark beside punctuation without a space, after or before which the sentence goes on, is no text: %j',
    (markdown, html) => {
      expect(toHtml(parse(markdown).children)).toBe(html);
    },
  );

  it('These tests have more than two hundred cases', () => {
    expect(CASES.length + SPECIAL.length).toBeGreaterThan(200);
  });
});
