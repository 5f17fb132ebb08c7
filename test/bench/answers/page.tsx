/** The bench's page: renders the same texts with the SDK's Markdown and with ours. Built by `build-page.ts`. */
import '../../../src/frame/platform/taro/base.css';
import '../../../src/frame/app/theme.css';
import '../../../src/frame/app/markdown/markdown.css';
import { type FC, type JSX, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MdStream } from '../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/index.js';
import { ParseScheduleContext } from '../../../src/frame/app/markdown/pace/parse-schedule-context.js';
import { MarkdownView } from '../../../src/frame/app/markdown/render/markdown-view.js';
import { setStrings } from '../../../src/frame/platform/taro/strings.js';
import { strings } from '../../../src/locales/translations/en.js';
import { END, history, longAnswer } from './texts.js';

interface Answer {
  readonly markdown: string;
  readonly isFinish: boolean;
}

/** Passes the text like the SDK's message component does. */
const renderers: Readonly<Record<string, FC<Answer>>> = {
  'the SDK': ({ markdown, isFinish }) => <MdStream markdown={markdown} isSmooth={!isFinish} isFinish={isFinish} />,
  ours: ({ markdown, isFinish }) => <MarkdownView markdown={markdown} isFinish={isFinish} />,
};

export interface Figures {
  readonly longestTaskMs: number;
  /** The sum of each task's time beyond 50 ms (total blocking time). */
  readonly blockingMs: number;
  /** From the first text until the last one is on the page. */
  readonly untilShownMs: number;
}

interface Scenario {
  readonly play: (Renderer: FC<Answer>, render: (node: JSX.Element) => void) => Promise<void>;
  readonly isShown: (place: HTMLElement) => boolean;
}

setStrings(strings);
Object.assign(window, { bench: run });

async function run(renderer: string, scenario: string, size: number): Promise<Figures> {
  const Renderer = renderers[renderer];
  // The texts are created before the measurement.
  const { play, isShown } = scenarios[scenario]?.(size) ?? {};
  if (Renderer === undefined || play === undefined || isShown === undefined) throw new Error(`There is no ${renderer} or ${scenario}.`);
  await nextTask();
  const place = document.body.appendChild(document.createElement('main'));
  const root = createRoot(place);
  const schedule = { current: undefined };
  const tasks = watchTasks();
  const startedMs = performance.now();
  await play(Renderer, (node) => root.render(<ParseScheduleContext.Provider value={schedule}>{node}</ParseScheduleContext.Provider>));
  while (!isShown(place)) await new Promise(requestAnimationFrame);
  const untilShownMs = performance.now() - startedMs;
  // Long tasks are reported after their end.
  await new Promise((resolve) => setTimeout(resolve, 200));
  root.unmount();
  place.remove();
  return { ...tasks.stop(), untilShownMs };
}

const hasEnd = (place: HTMLElement): boolean => place.lastElementChild?.lastElementChild?.textContent.includes(END) === true;

const scenarios: Readonly<Record<string, (size: number) => Scenario>> = {
  /** Chunks of ten characters, each in a task of its own, as fast as possible. */
  deltas(size) {
    const text = longAnswer(size);
    return {
      async play(Renderer, render) {
        let show: (answer: Answer) => void = () => undefined;
        const Growing: FC = () => {
          const [answer, setAnswer] = useState<Answer>({ markdown: '', isFinish: false });
          show = setAnswer;
          return <Renderer {...answer} />;
        };
        render(<Growing />);
        for (let end = 10; end < text.length; end += 10) {
          await nextTask();
          show({ markdown: text.slice(0, end), isFinish: false });
        }
        show({ markdown: text, isFinish: true });
      },
      isShown: hasEnd,
    };
  },
  whole(size) {
    const text = longAnswer(size);
    return {
      async play(Renderer, render) {
        render(<Renderer markdown={text} isFinish />);
      },
      isShown: hasEnd,
    };
  },
  history(size) {
    const answers = history(size);
    return {
      async play(Renderer, render) {
        render(
          <>
            {answers.map((markdown, index) => (
              <Renderer markdown={markdown} isFinish key={index} />
            ))}
          </>,
        );
      },
      isShown: (place) => place.childElementCount === size && [...place.children].every(({ textContent }) => textContent !== ''),
    };
  },
};

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });
}

function watchTasks(): { stop(): Pick<Figures, 'longestTaskMs' | 'blockingMs'> } {
  const durations: number[] = [];
  const observer = new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ entryTypes: ['longtask'] });
  return {
    stop() {
      observer.disconnect();
      return {
        longestTaskMs: Math.max(0, ...durations),
        blockingMs: durations.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
      };
    },
  };
}
