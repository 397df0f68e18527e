import type { Bilingual } from '../model/report.ts';

interface Criteria {
  name: string;
  version: string;
}

/** The criteria that the programme's own words may be used for. */
const programme = 'ipv6-for-gov';

const text = (vi: string, en: string): Bilingual => ({ vi, en });

/** Shipped criteria; `label` is short enough for a badge. */
const known: Readonly<Record<string, { label: string; title: Bilingual }>> = {
  [programme]: { label: 'IPv6 For Gov', title: text('IPv6 For Gov 2021-2025', 'IPv6 For Gov 2021-2025') },
  rfc10001: { label: 'RFC 10001', title: text('RFC 10001, DNS qua IPv6', 'RFC 10001, DNS over IPv6') },
  'internet-nl': { label: 'Internet.nl', title: text('bài kiểm tra IPv6 của Internet.nl', 'the IPv6 tests of Internet.nl') },
  usgv6: { label: 'USGv6', title: text('cách đo USGv6 của NIST, Hoa Kỳ', 'the USGv6 monitor of NIST, United States') },
};

const entryOf = ({ name }: Criteria) => (Object.hasOwn(known, name) ? known[name] : undefined);

const isProgramme = ({ name }: Criteria): boolean => name === programme;

/** `rfc10001/1 (RFC 10001, DNS over IPv6)`; criteria of one's own: name and version. */
export function criteriaName(criteria: Criteria): Bilingual {
  const title = entryOf(criteria)?.title;
  const id = `${criteria.name}/${criteria.version}`;
  return title === undefined ? text(id, id) : text(`${id} (${title.vi})`, `${id} (${title.en})`);
}

/** For a badge. */
export function criteriaLabel(criteria: Criteria): string {
  return entryOf(criteria)?.label ?? criteria.name;
}

/** Heading of the first result: the programme's name stands over nothing that other criteria judged. */
export function conformityTitle(criteria: Criteria): Bilingual {
  if (isProgramme(criteria)) return text('Tuân thủ IPv6 For Gov 2021-2025', 'Conformity with IPv6 For Gov 2021-2025');
  const title = entryOf(criteria)?.title ?? text(criteria.name, criteria.name);
  return text(`Tuân thủ ${title.vi}`, `Conformity with ${title.en}`);
}

/** The same inside a sentence. */
export function conformityWord(criteria: Criteria): Bilingual {
  return isProgramme(criteria) ? text('tuân thủ 2021-2025', 'conformity 2021-2025') : text('tuân thủ', 'conformity');
}

/** Whose the scores are (programme.md §7). */
export function ownScores(criteria: Criteria): Bilingual {
  if (isProgramme(criteria))
    return text(
      'Điểm số do ipv6gov tính; chương trình không công bố điểm hay xếp hạng.',
      'Scores are ipv6gov’s own; the programme published neither scores nor rankings.',
    );
  return text(
    'Kết luận và điểm do ipv6gov tính theo bộ tiêu chí này; đây không phải kết quả theo chương trình IPv6 For Gov.',
    'Verdicts and scores are ipv6gov’s own by these criteria; they are no result under the IPv6 For Gov programme.',
  );
}

/** What the shares of a list count. */
export function sharesNote(criteria: Criteria): Bilingual {
  if (isProgramme(criteria))
    return text(
      'Chương trình đếm cơ quan: đạt khi cổng thông tin và cổng dịch vụ công hoạt động tốt qua IPv6, theo tiêu chí của công cụ này. Không so với tỷ lệ đã công bố trên 85 cơ quan nếu không nói rõ.',
      'The programme counted agencies: one conforms when its portal and its public-service portal work well over IPv6, by the criteria of this tool. Not to be compared with published shares of 85 without saying so.',
    );
  const name = criteriaName(criteria);
  return text(
    `Đạt theo bộ tiêu chí ${name.vi}. Không so với tỷ lệ mà chương trình IPv6 For Gov đã công bố.`,
    `Conforming by the criteria ${name.en}. Not to be compared with the shares that the IPv6 For Gov programme published.`,
  );
}
