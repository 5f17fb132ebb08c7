/** Shows a text without its formatting if the formatting throws, whatever a bot has written. */
import { Component, type ReactNode } from 'react';

export interface FormattingBoundaryProps {
  /** Shown if the formatting fails. */
  readonly plain: ReactNode;
  /** Whether the text is complete. Formatting that failed for an incomplete text is then tried again. */
  readonly isComplete: boolean;
  readonly children: ReactNode;
}

interface FormattingState {
  readonly hasFailed: boolean;
  readonly isComplete: boolean;
}

export class FormattingBoundary extends Component<FormattingBoundaryProps, FormattingState> {
  static getDerivedStateFromError(): Partial<FormattingState> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps({ isComplete }: FormattingBoundaryProps, state: FormattingState): Partial<FormattingState> | null {
    return isComplete === state.isComplete ? null : { hasFailed: false, isComplete };
  }

  override state: FormattingState = { hasFailed: false, isComplete: this.props.isComplete };

  override componentDidCatch(error: unknown): void {
    // Only the error's name, because its message may contain text of a bot or visitor.
    // eslint-disable-next-line no-console -- no other code reports this error
    console.warn(
      `[coze-chat] An answer is shown without its formatting, which failed: ${error instanceof Error ? error.name : 'unknown'}.`,
    );
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.plain : this.props.children;
  }
}
