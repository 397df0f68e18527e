import type { Bilingual, SetAside } from '../model/report.ts';
import type { Language } from './catalogue.ts';
import type { Said } from './error-texts.ts';

/** Places of measuring, as they are named in a sentence. */
export interface PathSplit {
  worksFrom: readonly string[];
  failsFrom: readonly string[];
}

/** Says of a check that works from some vantages and fails from others what was seen, and where to look. `seen`: what the first that fails said. */
export function pathDependentText({ worksFrom, failsFrom }: PathSplit, seen: Bilingual): { text: Bilingual; fix: Bilingual } {
  const works = worksFrom.join(', ');
  const fails = failsFrom.join(', ');
  const first = failsFrom[0] ?? '';
  return {
    text: {
      vi: `Ở đây kết quả phụ thuộc nơi đo: đạt khi đo từ ${works}, không đạt khi đo từ ${fails}. Đo từ ${first}: ${seen.vi}`,
      en: `Here the result depends on the vantage: works from ${works}, fails from ${fails}. From ${first}: ${seen.en}`,
    },
    fix: {
      vi: `Từ nơi khác vẫn đạt: cùng nhà mạng kiểm tra đường IPv6 giữa máy chủ và ${fails} trước (định tuyến, kết nối ngang hàng, bộ lọc).`,
      en: `It works from elsewhere: look first, with your provider, at the IPv6 path between the servers and ${fails} (routing, peering, filters).`,
    },
  };
}

/** Why what a vantage saw decides nothing. */
export const setAsideWords: Readonly<Record<SetAside, Bilingual>> = {
  'no-ipv6': {
    vi: 'nơi này không có IPv6, nên không quyết định kết quả nào',
    en: 'it has no IPv6 and decides nothing',
  },
  'ipv6-unproven': {
    vi: 'IPv6 ở nơi này chưa được chứng minh, nên không quyết định kết quả nào',
    en: 'its IPv6 is not proven and it decides nothing',
  },
  'no-evidence': {
    vi: 'nơi này được giao việc nhưng không gửi bằng chứng nào',
    en: 'it was asked and sent no evidence',
  },
  'contradicts-others': {
    vi: 'nơi này trái ngược với mọi nơi khác ở quá nửa số cơ quan, nên không quyết định kết quả nào',
    en: 'it contradicts all others on more than half of the agencies and decides nothing',
  },
};

/** Where runs cannot be merged, or not quite. */
interface MergingWords {
  sameVantage: (name: string) => Said;
  tooManyRuns: (runs: number, most: number) => Said;
  otherList: (name: string) => string;
  setAside: (name: string, reason: SetAside) => string;
}

const vi: MergingWords = {
  sameVantage: (name) => ({
    what: `Hai lần đo cùng mang tên nơi đo "${name}".`,
    next: 'Đặt tên cho từng lần: `ipv6gov judge hn=runs/A hcm=runs/B`; khi đo, dùng --vantage.',
  }),
  tooManyRuns: (runs, most) => ({ what: `Gộp được nhiều nhất ${most} lần đo, ở đây có ${runs}.`, next: 'Chọn bớt lần đo.' }),
  otherList: (name) => `Lần đo từ ${name} dùng danh sách khác: cơ quan chỉ có ở một lần đo thì chỉ được xét từ nơi đó.`,
  setAside: (name, reason) => `Nơi đo ${name}: ${setAsideWords[reason].vi}.`,
};

const en: MergingWords = {
  sameVantage: (name) => ({
    what: `Two runs bear the vantage name "${name}".`,
    next: 'Name each: `ipv6gov judge hn=runs/A hcm=runs/B`; when measuring, use --vantage.',
  }),
  tooManyRuns: (runs, most) => ({ what: `At most ${most} runs can be merged, these are ${runs}.`, next: 'Name fewer runs.' }),
  otherList: (name) => `The run from ${name} measured another list: agencies of one run only are judged from there alone.`,
  setAside: (name, reason) => `Vantage ${name}: ${setAsideWords[reason].en}.`,
};

export const mergingWords = (language: Language): MergingWords => (language === 'vi' ? vi : en);
