import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useNavigation } from './navigation.ts';
import { text } from './text.ts';

/** Keeps a fault of one screen from taking the others along. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const leave = (): void => {
      useNavigation.getState().reset();
      this.setState({ failed: false });
    };
    return (
      <Result
        status="error"
        title={text('app.fault.title')}
        subTitle={text('app.fault.text')}
        extra={<Button onClick={leave}>{text('app.fault.home')}</Button>}
      />
    );
  }
}
