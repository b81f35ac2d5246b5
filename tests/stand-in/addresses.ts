/**
 * Chromium knows no scheme of ours, so `app://lijing/x` stands in it as `https://lijing.app.invalid/x`: a secure
 * origin of its own, and by RFC 6761 a name that never resolves.
 */
const IN_CHROMIUM = /^https:\/\/([^/.]+)\.([^/.]+)\.invalid(?=\/|$)/;
const IN_PRODUCT = /^(?!https?:|data:|blob:|about:|file:|javascript:|chrome)([a-z][a-z0-9+-]*):\/\/([^/.]+)(?=\/|$)/;

export const toChromium = (url: string): string => url.replace(IN_PRODUCT, 'https://$2.$1.invalid');

/** The address as the product knows it; an address that is not of a product's scheme stays what it is. */
export const toProduct = (url: string): string => url.replace(IN_CHROMIUM, '$2://$1');

export function originOf(url: string): string {
  const [origin] = /^[a-z][a-z0-9+-]*:\/\/[^/]+/.exec(toProduct(url)) ?? [];
  return origin ?? 'null';
}
