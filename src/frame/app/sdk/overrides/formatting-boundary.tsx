/** Formatting that fails, on whatever a bot has written, costs the format and nothing else. */
import { Component, type ReactNode } from 'react';

export interface FormattingBoundaryProps {
  /** In place of what could not be formatted. */
  readonly plain: ReactNode;
  /** What fails half-written may do when it is whole: it is tried again then. */
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
    // Its name only: a message may repeat what somebody has written.
    // eslint-disable-next-line no-console -- nobody else hears of it
    console.warn(
      `[coze-chat] An answer is shown without its formatting, which failed: ${error instanceof Error ? error.name : 'unknown'}.`,
    );
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.plain : this.props.children;
  }
}
