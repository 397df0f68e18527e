import type { Agency } from './agencies.ts';
import { fill } from './agencies.ts';

/** Over 8 KiB with far more than 200 characters of text, and different from agency to agency. */
export function pageOf(agency: Agency): string {
  const { domain, title, web } = agency;
  const news = Array.from(
    { length: 40 },
    (_, index) =>
      `<article><h2>Tin số ${index + 1} của ${title}</h2><p>${title} thông báo kế hoạch công tác số ${index + 1}, lịch tiếp công dân và danh mục thủ tục hành chính được giải quyết trực tuyến tại ${domain}.</p></article>`,
  );
  return `<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>${title}</title><link rel="canonical" href="https://www.${domain}/"><link rel="stylesheet" href="/style.css">${fill(agency, web?.head ?? '')}</head>
<body><header><h1>${title}</h1><nav><a href="/gioi-thieu">Giới thiệu</a> <a href="/thu-tuc">Thủ tục hành chính</a> <a href="/lien-he">Liên hệ</a></nav></header>
<main>
${news.join('\n')}
${fill(agency, web?.body ?? '')}
</main>
<footer><p>Cổng thông tin điện tử của ${title}. Phòng thí nghiệm, không phải cơ quan thật.</p></footer></body>
</html>
`;
}

/** What the agency had years ago: other words, other structure. */
export function oldPage(): string {
  const rows = Array.from(
    { length: 120 },
    (_, index) =>
      `<tr><td>${index + 1}</td><td>Bản tin năm 2009, quyển ${index + 1}: hội nghị tổng kết, phong trào thi đua và ảnh hoạt động</td></tr>`,
  );
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Trang thông tin cũ</title></head><body><center><h3>Chào mừng bạn đến với trang thông tin</h3><table border="1">${rows.join('\n')}</table></center></body></html>\n`;
}

export function tinyPage({ title }: Agency): string {
  return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head><body><p>${title}</p></body></html>\n`;
}
