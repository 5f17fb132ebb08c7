/** Catches exceptions during rendering. Without it, React removes the whole chat and reports no reason. */
import { Component, type ReactNode } from 'react';

interface ChatBoundaryProps {
  readonly onFailed: (cause: unknown) => void;
  readonly children: ReactNode;
}

export class ChatBoundary extends Component<ChatBoundaryProps, { readonly hasFailed: boolean }> {
  override readonly state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(cause: unknown): void {
    this.props.onFailed(cause);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}
