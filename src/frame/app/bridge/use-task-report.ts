/** Tells the page which tasks of the answers' lists the visitor has ticked. */
import { useChatInputStore } from '@coze/chat-sdk';
import { useEffect, useRef } from 'react';
import type { HostApi } from '../../contract.js';

export function useTaskReport(host: Pick<HostApi, 'onEvent'>): void {
  const tasks = useChatInputStore(({ taskList }) => JSON.stringify(taskList.filter(({ taskValue }) => taskValue.length > 0)));
  const reported = useRef('[]');
  useEffect(() => {
    if (tasks === reported.current) return;
    reported.current = tasks;
    const list = JSON.parse(tasks) as { readonly taskName: string; readonly taskValue: readonly string[] }[];
    // The SDK keeps the blank after the brackets of `- [x] Tea`.
    const ticked = list.map(({ taskName, taskValue }) => ({ name: taskName, values: taskValue.map((value) => value.trim()) }));
    host.onEvent({ type: 'tasks', tasks: ticked });
  }, [tasks]);
}
