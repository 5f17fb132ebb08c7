/** The accessibility tree of a page and its frames, from Chromium itself. */
import type { Page } from 'playwright';

interface AxNode {
  readonly nodeId: string;
  readonly childIds?: readonly string[];
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

const WORDLESS: ReadonlySet<string> = new Set(['none', 'generic', 'InlineTextBox', 'StaticText', 'RootWebArea', 'Iframe', 'paragraph']);

/** Returns the nodes as `role name`, in reading order. The document of a frame follows the page. */
export async function readAccessibilityTree(page: Page): Promise<readonly string[]> {
  const client = await page.context().newCDPSession(page);
  const { frameTree } = (await client.send('Page.getFrameTree')) as {
    frameTree: { frame: { id: string }; childFrames?: { frame: { id: string } }[] };
  };
  const lines: string[] = [];
  for (const { frame } of [frameTree, ...(frameTree.childFrames ?? [])]) {
    const { nodes } = (await client.send('Accessibility.getFullAXTree', { frameId: frame.id })) as { nodes: AxNode[] };
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const read = ({ ignored, role, name, childIds = [] }: AxNode): void => {
      if (!ignored && role !== undefined && !WORDLESS.has(role.value)) lines.push(`${role.value} ${name?.value ?? ''}`.trim());
      for (const child of childIds.flatMap((id) => byId.get(id) ?? [])) read(child);
    };
    for (const root of nodes.slice(0, 1)) read(root);
  }
  await client.detach();
  return lines;
}
