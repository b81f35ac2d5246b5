/** The page's own scheme; nothing else is ever loaded. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'lijing';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Whether a request stays inside the application; `devtools:` is built in and off in the packaged application. */
export function isOwnUrl(url: string): boolean {
  const { protocol, host } = new URL(url);
  if (protocol === 'data:' || protocol === 'devtools:') return true;
  if (protocol === 'blob:') return url.startsWith(`blob:${APP_ORIGIN}/`);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST;
}

/** Whether a navigation leads to the application's one document. */
export const isOwnDocument = (url: string): boolean => url.replace(/#.*$/s, '') === APP_PAGE;

type Frame = { readonly origin: string; readonly parent: unknown };

/** Whether a message comes from the main frame of our own page: not from a sub-frame, nor from any other document. */
export const isOwnPage = (frame: Frame | null): boolean => frame?.parent === null && frame.origin === APP_ORIGIN;
