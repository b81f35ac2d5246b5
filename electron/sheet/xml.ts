/** What is met while walking through XML; names without their namespace prefix. */
export type XmlVisitor = {
  readonly open?: (name: string, attributes: (name: string) => string | undefined) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<(\/?)([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|[^<]+/g;

/**
 * Walks through well-formed XML of an office file. Declares no entities of its own: a document type is passed over,
 * so nothing can be made to expand.
 */
export function walkXml(xml: string, { open, text, close }: XmlVisitor): void {
  for (const [token, data, slash, name, attributes = '', selfClosing] of xml.matchAll(TOKEN)) {
    if (data !== undefined) text?.(data);
    else if (name !== undefined) {
      const local = name.slice(name.indexOf(':') + 1);
      if (!slash) open?.(local, (wanted) => attributeOf(attributes, wanted));
      if (slash || selfClosing) close?.(local);
    } else if (!token.startsWith('<')) text?.(decode(token));
  }
}

function attributeOf(attributes: string, wanted: string): string | undefined {
  for (const [, name, double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (name === wanted || name?.endsWith(`:${wanted}`)) return decode(double ?? single ?? '');
  return undefined;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decode = (text: string): string =>
  !text.includes('&')
    ? text
    : text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, dec?: string, name?: string) => {
        if (name !== undefined) return NAMED[name] ?? whole;
        const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      });
