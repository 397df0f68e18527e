import { randomBytes } from 'node:crypto';
import type { PageKind } from './scenario.ts';

/** What goes into a page besides its kind. */
export interface PageParts {
  host: string;
  /** Name of the agency, for the title. */
  name: string;
  head: readonly string[];
  body: readonly string[];
}

export const stylePath = '/giao-dien/chinh.css';
export const imagePath = '/anh/bieu-trung.png';
/** More than the tool reads of one page: twenty times `html.maxUrls`. */
const manyImages = 4_100;

const words = (
  'người dân doanh nghiệp thủ tục hành chính hồ sơ trực tuyến tiếp nhận giải quyết thông báo kế hoạch chương trình phát triển kinh tế xã hội giáo dục ' +
  'y tế giao thông nông thôn mới chuyển đổi số hạ tầng mạng dịch vụ công văn bản chỉ đạo điều hành hội nghị cán bộ công chức phòng chống thiên tai ' +
  'môi trường du lịch văn hóa thể thao ngân sách đầu tư quy hoạch xây dựng lao động việc làm an sinh tài nguyên đất đai công khai minh bạch lấy ý kiến'
).split(' ');

/** A small deterministic generator, so that an agency's page is the same at every start. */
function sequence(seed: string): () => number {
  let state = 2_166_136_261;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function paragraphs(seed: string, count: number): string {
  const next = sequence(seed);
  const sentence = (): string => Array.from({ length: 40 }, () => words[Math.floor(next() * words.length)] ?? '').join(' ');
  return Array.from(
    { length: count },
    (_, index) => `<article class="tin tin-${index % 4}"><h2>Tin ${index + 1}</h2><p>${sentence()}.</p></article>`,
  ).join('\n');
}

function frame(title: string, head: readonly string[], body: string): string {
  return `<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>${title}</title>\n${head.join('\n')}\n</head><body>\n${body}\n</body></html>\n`;
}

function portal(parts: PageParts, seed: string, extra: string[] = []): string {
  const head = [`<link rel="canonical" href="https://${parts.host}/">`, `<link rel="stylesheet" href="${stylePath}">`, ...parts.head];
  const body = [
    `<header><img src="${imagePath}" alt=""><h1>${parts.name}</h1></header>`,
    `<main>${paragraphs(seed, 48)}</main>`,
    ...parts.body,
    ...extra,
  ];
  return frame(`Cổng thông tin điện tử ${parts.name}`, head, body.join('\n'));
}

/** Hidden tokens, nonces and the time of day: another each time, and nothing a reader would call different (faults W15). */
function withTokens(parts: PageParts): string {
  const token = randomBytes(2048).toString('hex');
  const state = `<form action="/tim-kiem"><input type="hidden" name="__VIEWSTATE" value="${token}"><input name="q"></form>`;
  return portal(parts, parts.name, [
    state,
    `<script nonce="${randomBytes(16).toString('hex')}">window.t="${randomBytes(64).toString('hex')}";</script>`,
  ]);
}

const nginx =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n<style>html { color-scheme: light dark; }</style>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n' +
  '<p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>\n' +
  '<p>For online documentation and support please refer to <a href="http://nginx.org/">nginx.org</a>.</p>\n<p><em>Thank you for using nginx.</em></p>\n</body>\n</html>\n';

/** The HTML of a page of this kind. */
export function pageOf(kind: PageKind, parts: PageParts): string {
  const short = (title: string, text: string): string => frame(title, parts.head, `<p>${text}</p>${parts.body.join('')}`);
  switch (kind) {
    case 'healthy':
      return portal(parts, parts.name);
    case 'other':
      return frame(
        'Hệ thống quản lý nội bộ',
        ['<link rel="canonical" href="https://noi-bo.invalid/">'],
        `<table>${paragraphs(`khác ${parts.host}`, 25)}</table>`,
      );
    case 'edited':
      return portal(parts, parts.name, [`<section>${paragraphs(`sửa ${parts.name}`, 7)}</section>`]);
    case 'renamed':
      return portal(parts, parts.name).replace(/<title>[^<]*/, '<title>Cổng thông tin điện tử (bản cũ)');
    case 'rewritten':
      return portal(parts, `viết lại ${parts.name}`);
    case 'tiny':
      return short(`Cổng thông tin điện tử ${parts.name}`, 'Trang chủ');
    case 'tiny-other':
      return short('Chưa cấu hình', 'Máy chủ chưa được cấu hình.');
    case 'tokens':
      return withTokens(parts);
    case 'rotating':
      return portal(parts, randomBytes(8).toString('hex'));
    case 'shell':
      return frame(`Cổng thông tin điện tử ${parts.name}`, ['<script src="/ung-dung.js"></script>', ...parts.head], '<div id="app"></div>');
    case 'script-redirect':
      return frame(`Cổng thông tin điện tử ${parts.name}`, parts.head, '<script>location.href = "/trang-chu";</script>');
    case 'many-images':
      return portal(
        parts,
        parts.name,
        Array.from({ length: manyImages }, (_, index) => `<img src="/a/${index}.png" alt="">`),
      );
    case 'nginx-default':
      return nginx;
    case 'challenge':
      return frame(
        'Just a moment...',
        ['<meta http-equiv="refresh" content="390">'],
        '<div class="challenge-running">Checking your browser before accessing the site.</div>',
      );
    case 'error':
      return frame('500 Internal Server Error', [], '<h1>500 Internal Server Error</h1>');
    case 'maintenance':
      return short(`Bảo trì ${parts.name}`, 'Hệ thống đang được bảo trì, xin quay lại sau.');
  }
}
