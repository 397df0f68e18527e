import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../src/i18n/language.ts';
import type { ReportAgency } from '../../src/model/report.ts';
import { isShown, worstFirst } from '../../src/reports/show-level.ts';
import { renderTable } from '../../src/reports/table.ts';
import { goodVantage, reportAgency, reportFinding, reportOf, unmeasuredFinding } from '../support/report.ts';
import { plainStyle } from '../support/table-style.ts';

const { conformity } = reportAgency();
const english = { ...plainStyle, language: 'en' } as const;

const failing: ReportAgency = reportAgency({
  id: 'nui-da',
  name: { vi: 'Tỉnh Núi Đá', en: 'Stone Mountain Province' },
  domain: 'tinh-nui-da.gov.vn',
  conformity: {
    verdict: 'fail',
    score: 49,
    coverage: 0.955,
    breakdown: [
      { component: 'portal', weight: 75, score: 49, coverage: 0.9, cap: 'service-failed' },
      { component: 'mail', weight: 25, score: null, coverage: 0, cap: null },
    ],
    services: {
      portal: {
        verdict: 'fail',
        cause: 'timeout',
        check: 'web-connect',
        undecided: [{ check: 'web-content', cause: 'content-too-small' }],
      },
    },
  },
  readiness: { level: null, atLeast: 1, verdict: 'inconclusive', score: null, coverage: 0.5, breakdown: [] },
  findings: [
    reportFinding({ check: 'web-tls', status: 'pass', text: { vi: 'Chứng thư tốt.', en: 'A good certificate.' } }),
    unmeasuredFinding('smtp-connect', 'vantage-port25-blocked', { area: 'mail', service: 'mail' }),
    reportFinding({
      check: 'web-symmetry',
      level: 'recommended',
      status: 'warn',
      confidence: 0.5,
      text: { vi: 'Câu cảnh báo.', en: 'A warning sentence.' },
    }),
    reportFinding({
      status: 'fail',
      cause: 'timeout',
      text: { vi: 'Câu không đạt.', en: 'A failing sentence.' },
      fix: { vi: 'Mở tường lửa.', en: 'Open the firewall.' },
    }),
  ],
});

describe('a card', () => {
  const card = renderTable(reportOf([failing]), plainStyle);

  it('says both results with verdict, score and coverage, and how they came about', () => {
    expect(card).toContain('Tỉnh Núi Đá · tinh-nui-da.gov.vn');
    expect(card).toContain('Tuân thủ IPv6 For Gov 2021-2025: KHÔNG ĐẠT · điểm 49/100 · đo được 95 %');
    expect(card).toContain('cổng thông tin: KHÔNG ĐẠT; do web-connect quyết định; không có trả lời trong thời hạn');
    expect(card).toContain('còn để ngỏ vì chính nội dung trang: web-content (trang quá ít chữ để so sánh)');
    expect(card).toContain('cổng thông tin: 49 × 75 % (đo được 90 %; bị giới hạn: dịch vụ này không đạt)');
    expect(card).toContain('thư điện tử: chưa đo được × 25 %');
    expect(card).toContain('Sẵn sàng chỉ dùng IPv6 2026-2030: chưa rõ bậc, ít nhất là 1/5 · không có điểm · đo được 50 %');
  });

  it('lists findings worst first, with text, cause and fix, and what could not be measured apart', () => {
    const order = [
      'Kết quả cần xem (2)',
      'không đạt · web-connect',
      'Câu không đạt.',
      '→ Cần làm: Mở tường lửa.',
      'cảnh báo · web-symmetry',
      'Độ tin cậy 50 %',
      'Chưa đo được (1)',
      'chưa đo được · smtp-connect',
    ];
    const places = order.map((text) => card.indexOf(text));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(card).not.toContain('Chứng thư tốt.');
  });

  it('says the service triple and what nobody can see from outside', () => {
    expect(card).toMatch(/cổng thông tin +tinh-mau\.gov\.vn +đang hoạt động +hoạt động +hoạt động +chưa có/);
    expect(card).toContain(
      'Không quan sát được từ bên ngoài: việc ban hành kế hoạch, mạng WAN, trung tâm dữ liệu. Vẫn còn IPv4 không phải là lỗi.',
    );
  });

  it.each([
    ['fail', ['web-connect'], ['web-symmetry', 'smtp-connect', 'web-tls']],
    ['warn', ['web-connect', 'web-symmetry'], ['smtp-connect', 'web-tls']],
    ['all', ['web-connect', 'web-symmetry', 'smtp-connect', 'web-tls'], []],
  ] as const)('--show %s', (show, present, absent) => {
    const text = renderTable(reportOf([failing]), { ...plainStyle, show });
    for (const check of present) expect(text).toContain(`· ${check} ·`);
    for (const check of absent) expect(text).not.toContain(`· ${check} ·`);
  });
});

describe('the first lines', () => {
  it('are the vantage, coverage and the sentence on scores', () => {
    expect(
      renderTable(reportOf([failing]), plainStyle)
        .split('\n')
        .slice(0, 6),
    ).toEqual([
      'Nơi đo hanoi: IPv6 hoạt động (DNS: đã chứng minh, web: đã chứng minh, thư: chưa chứng minh); DNS: trực tiếp; DNS64: không.',
      'Độ phủ: 1/1 cơ quan được đo đủ để tính điểm (ít nhất 80 %).',
      'Thư: cổng 25 có thể bị chặn ở nơi đo nên chưa đo được thư qua IPv6. Có thể cho một máy chủ đối chứng bằng --smtp-control.',
      '',
      'Điểm số do ipv6gov tính; chương trình không công bố điểm hay xếp hạng.',
      'Bộ tiêu chí: ipv6-for-gov/1 (IPv6 For Gov 2021-2025). Lần đo 20261124-031500-a1b2c3, bắt đầu lúc 2026-11-24 03:15 UTC.',
    ]);
  });

  it('say first what our own side could not do', () => {
    const [first] = renderTable(reportOf([failing]), { ...english, troubles: ['no-ipv6'] }).split('\n');
    expect(first).toMatch(/^OUR SIDE: this machine has no IPv6\./);
  });

  it('tell of a run that did not end and of a wrong clock', () => {
    const report = reportOf([failing], { vantages: [{ ...goodVantage, clockOffsetMs: -90_000 }] });
    const text = renderTable({ ...report, run: { ...report.run, complete: false } }, english);
    expect(text).toContain('did not come to its end');
    expect(text).toContain('differs by -90 s');
  });
});

describe('a league table', () => {
  const unknown = reportAgency({
    id: 'u',
    domain: 'u.gov.vn',
    conformity: { ...failing.conformity, verdict: 'inconclusive', score: null },
  });
  const former = reportAgency({
    id: 'f',
    domain: 'f.gov.vn',
    conformity: { ...conformity, verdict: 'not-counted' },
    counted: 'not-counted',
    category: 'former-province',
  });
  const other = reportAgency({ id: 'o', domain: 'o.vn', counted: 'other', category: 'party' });
  const text = renderTable(reportOf([reportAgency(), other, former, unknown, failing]), english);

  it('has a row an agency, worst first, with what decided', () => {
    const places = ['tinh-nui-da.gov.vn', 'u.gov.vn', 'tinh-mau.gov.vn', 'f.gov.vn'].map((domain) => text.indexOf(domain));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toMatch(/Stone Mountain Province +FAIL +49 +≥ 1\/5 +web-connect +95 %\n tinh-nui-da\.gov\.vn +no answer in time\n/);
    expect(text).toMatch(/Sample Province +PASS +96\.5 +3\/5 +- +100 %/);
  });

  it('names the denominator of every share', () => {
    expect(text).toContain(
      'ministries, ministerial-level agencies, provinces and cities of today: 1 of 3 agencies in this list conforms, 1 does not, 1 not measured.',
    );
    expect(text).toContain('other agencies: 1 of 1 agency in this list conforms, 0 do not');
    expect(text).toContain('1 agency is measured and counted in no share (former units).');
    expect(text).toContain('level 3 (equal to IPv4): 3 of 4 agencies');
    expect(text).toContain('1 of 4 agencies · web-connect: no answer in time');
  });

  it('fits 80 columns, the cause below the name, also with wide verdicts', () => {
    const failing = reportFinding({ check: 'web-connect', status: 'fail', text: { vi: 'Cổng 443 từ chối.', en: 'Port 443 refuses.' } });
    const agencies = Array.from({ length: 5 }, (_, index) =>
      reportAgency({ id: `${index}`, name: { vi: 'Ủy ban nhân dân thành phố có tên rất dài', en: 'A long name' }, findings: [failing] }),
    );
    const narrow = renderTable(reportOf(agencies), { ...english, language: 'vi', width: 80 });
    expect(Math.max(...narrow.split('\n').map((line) => Array.from(line).length))).toBeLessThanOrEqual(80);
    expect(narrow).toContain('\n web-connect');
    expect(narrow).not.toContain('Nguyên nhân nặng nhất');
  });

  it('caps its rows and says how many more', () => {
    const many = Array.from({ length: 203 }, (_, index) => reportAgency({ id: `${index}`, domain: `d${index}.vn` }));
    const capped = renderTable(reportOf(many), english);
    expect(capped.match(/d\d+\.vn/g)).toHaveLength(200);
    expect(capped).toContain('… and 3 more agencies');
  });

  it.each([
    [3, false],
    [4, true],
  ])('comes with more than three agencies: %d', (count, isTable) => {
    const rendered = renderTable(reportOf(Array.from({ length: count }, () => reportAgency())), english);
    expect(rendered.includes('Worst cause')).toBe(isTable);
  });
});

describe('colour', () => {
  it('is there only when asked for', () => {
    expect(renderTable(reportOf([failing]), plainStyle)).not.toContain('\u001b');
    expect(renderTable(reportOf([failing]), { ...plainStyle, colourLevel: 1 })).toContain('\u001b[');
  });
});

describe('languages', () => {
  const strings = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
  };
  const sentences = (language: 'vi' | 'en'): string[] =>
    strings(catalogueOf(language)).filter((text) => text.includes(' ') && text.length > 12);
  const reports = [reportOf([failing]), reportOf([failing, reportAgency(), reportAgency(), reportAgency()])];

  it.each([
    ['vi', 'en'],
    ['en', 'vi'],
  ] as const)('--lang %s holds no sentence of %s', (language, other) => {
    for (const report of reports) {
      const text = renderTable(report, { ...plainStyle, language, show: 'all', troubles: ['no-ipv6', 'coverage'] });
      expect(sentences(other).filter((sentence) => text.includes(sentence))).toEqual([]);
    }
  });

  it('English holds no Vietnamese letter', () => {
    expect(renderTable(reportOf([failing]), { ...english, show: 'all' })).not.toMatch(
      /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i,
    );
  });
});

describe('order and levels', () => {
  it('worst first, required before recommended', () => {
    const list = [
      reportFinding({ check: 'b' }),
      reportFinding({ check: 'z', status: 'fail', level: 'recommended' }),
      reportFinding({ check: 'y', status: 'fail' }),
      reportFinding({ check: 'a' }),
    ];
    expect(worstFirst(list).map(({ check }) => check)).toEqual(['y', 'z', 'a', 'b']);
  });

  it.each([
    ['warn', 'warn', true],
    ['inconclusive', 'warn', false],
    ['info', 'info', true],
    ['pass', 'info', false],
    ['skipped', 'all', true],
  ] as const)('%s at %s: %s', (status, level, shown) => {
    expect(isShown(status, level)).toBe(shown);
  });
});
