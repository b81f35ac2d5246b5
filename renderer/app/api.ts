import type { Api } from '../../shared/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly api: Api;
  }
}

/** The one way from the page to the core. */
export const { api } = window;
