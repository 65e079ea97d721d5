import { Component, type ComponentChildren } from 'preact';

interface Props {
  readonly children: ComponentChildren;
  /** What is shown: another one is tried anew. */
  readonly of: string;
}

/** A part of a page that says why it cannot be shown, where it cannot, so that the rest of the page goes on. */
export class Guarded extends Component<Props, { of: string; problem: string } | { problem: null }> {
  override state = { problem: null } as { of: string; problem: string } | { problem: null };

  override componentDidCatch(error: unknown): void {
    this.setState({ of: this.props.of, problem: error instanceof Error ? error.message : String(error) });
  }

  override render() {
    const { state } = this;
    if (state.problem === null || state.of !== this.props.of) return this.props.children;
    return (
      <section class="card wrong" role="alert">
        <p>This cannot be shown: {state.problem}. Go to another step.</p>
      </section>
    );
  }
}
