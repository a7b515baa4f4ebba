import { createHash } from 'node:crypto';
import { policyWith } from '../http/access/secure-headers';
import { text, type Reply } from '../http/reply';
import type { PageLanguage } from './page-words';

type Page = Readonly<{ status: number; language: PageLanguage; title: string; content: string }>;

/**
 * A page without script. Its policy lets the one style in that it has, by its digest. `title` and
 * `content` are HTML.
 */
export function page({ status, language, title, content }: Page): Reply {
  const html = `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>
`;
  return text(status, 'text/html; charset=utf-8', html, { 'Content-Security-Policy': policy });
}

/** Text as HTML shows it. */
export function escaped(shown: string): string {
  return shown.replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f4f5f7;color:#1f2328;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.25}
h2{font-size:1.125rem;margin-top:2rem}
section{background:#fff;border:1px solid #d0d7de;border-radius:.5rem;padding:0 1rem}
ul{list-style:none;margin:0;padding:0}
li{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:1rem 0}
li+li{border-top:1px solid #d0d7de}
li>div{flex:1 1 14rem}
li b{display:inline-block}
li b::first-letter{text-transform:uppercase}
small{display:block;color:#57606a}
button{min-height:2.75rem;padding:0 1rem;border:1px solid #0b57d0;border-radius:.5rem;background:#fff;color:#0b57d0;font:inherit;font-weight:600;cursor:pointer}
button.main{background:#0b57d0;color:#fff}
button:focus-visible{outline:3px solid #1f2328;outline-offset:2px}
[role=status]{border-left:4px solid #1a7f37;background:#fff;padding:.75rem 1rem}
`;

const digest = createHash('sha256').update(style).digest('base64');

const policy = policyWith({ styleDigest: `sha256-${digest}` });
