/** The four ways to open a chat, one after the other, for each contender. */
import type { Contender } from '../page/contender.js';
import type { Cell } from './cell.js';
import type { DistantSite } from './distant-site.js';
import { addEarlierTurns } from './earlier-turns.js';
import type { Measured, ScenarioName } from './measured.js';
import { Visit } from './visit.js';

const HOVER_MS = 400;

/** The greeting that a new visitor sees from the stand-in's bot. */
const WELCOME = 'I show what a chat can show';

/** Questions to the stand-in between two pages; its last answer is a Markdown list. */
const EARLIER_QUESTIONS = [
  'code',
  'table',
  'What can you do?',
  'tasks',
  'link',
  'Nobody knows',
  'table',
  'What did I say?',
  'code',
  'list',
];
const LAST_ANSWER = 'Every token has a history of its own.';

const questions = {
  first: { text: 'measure', answer: 'You said' },
  second: { text: '测量', answer: '你说' },
  third: { text: 'hello', answer: 'Hello! Say' },
} as const;

export async function runScenarios(site: DistantSite, contender: Contender, cell: Cell): Promise<Readonly<Record<ScenarioName, Measured>>> {
  site.moveTo(cell);
  site.coze.forgetConversations();
  const first = await Visit.begin(site, contender, cell);
  await first.load();
  const newVisitor = await first.open(WELCOME, questions.first);
  await addEarlierTurns(site.coze, await first.requestToken(), EARLIER_QUESTIONS);
  const secondPage = await first.goOn(LAST_ANSWER, questions.second);
  const remembered = await first.remember();
  await first.close();

  const later = await Visit.begin(site, contender, cell, remembered);
  await later.load();
  const comesBack = await later.open(LAST_ANSWER, questions.third);
  await later.close();

  site.coze.forgetConversations();
  const hovering = await Visit.begin(site, contender, cell);
  await hovering.load();
  const afterHover = await hovering.open(WELCOME, questions.first, HOVER_MS);
  await hovering.close();
  return { 'new visitor': newVisitor, 'second page': secondPage, 'comes back': comesBack, 'after hover': afterHover };
}
