import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { APP_HOST, APP_SCHEME } from './origin.ts';

/** Must be registered before the application is ready. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Scripts only from our own files. Styles also inline: the component library writes its rules into the page and the
 * charts' tips carry style attributes; with every outside address refused, a style has nowhere to send anything.
 * Scans are shown from memory, hence `blob:` and `data:` for images.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Answers `app://lijing/…` with the built page's files: nothing outside `root`, nothing but GET, no unknown kinds. */
export function serveApp(protocol: Protocol, root: string): void {
  protocol.handle(APP_SCHEME, async ({ method, url }) => {
    const { host, pathname } = new URL(url);
    const path = filePath(root, pathname);
    const type = path && contentTypes[extname(path)];
    if (method !== 'GET' || host !== APP_HOST || !path || !type) return notFound();
    const content = await readFile(path).catch(() => null);
    return content ? new Response(content, { headers: { ...headers, 'Content-Type': type } }) : notFound();
  });
}

const notFound = (): Response => new Response(null, { status: 404, headers });

/** Null for a path that leaves the folder or cannot be read as one. */
function filePath(root: string, pathname: string): string | null {
  try {
    const path = normalize(join(root, decodeURIComponent(pathname)));
    return path.startsWith(normalize(join(root, '/'))) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}
