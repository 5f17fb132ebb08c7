/** The nodes that mdast lacks. */
import type { Data, Literal, Node } from 'mdast';

/** A formula that is a block. */
export interface Math extends Literal {
  type: 'math';
}

/** A formula in a line of text. `data.isDisplay`: it has the marks of a display formula, `$$…$$` or `\[…\]`. */
export interface InlineMath extends Literal {
  type: 'inlineMath';
  data?: Data & { isDisplay?: boolean };
}

/** Text that may still turn out to be a mark. Occurs only inside the parser. */
export interface PendingMark extends Node {
  type: 'pendingMark';
  /** As it was written. */
  mark: string;
}

declare module 'mdast' {
  interface BlockContentMap {
    math: Math;
  }
  interface PhrasingContentMap {
    inlineMath: InlineMath;
    pendingMark: PendingMark;
  }
  interface RootContentMap {
    math: Math;
    inlineMath: InlineMath;
    pendingMark: PendingMark;
  }
  interface ListItemData {
    /** The SDK's round boxes: `- (x) text`. */
    radio?: boolean;
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    addressLiteral: 'addressLiteral';
    emailLiteral: 'emailLiteral';
    mathText: 'mathText';
    mathTextMarker: 'mathTextMarker';
    mathTextValue: 'mathTextValue';
    mathFlow: 'mathFlow';
    mathFlowFence: 'mathFlowFence';
    mathFlowValue: 'mathFlowValue';
    rareReferenceName: 'rareReferenceName';
    heldBack: 'heldBack';
    attentionSequence: 'attentionSequence';
    strikethroughSequenceTemporary: 'strikethroughSequenceTemporary';
  }
}
