import type { Bilingual } from '../model/report.ts';

/** What a cause means, to people, and what to do about it. */
export interface CauseText extends Bilingual {
  fix: Bilingual;
}

/** A cause in both languages; without a fix where nobody can do anything about it. */
export const text = (vi: string, en: string, fixVi = '', fixEn = ''): CauseText => ({ vi, en, fix: { vi: fixVi, en: fixEn } });

/** What to do where nothing is wrong with the agency. */
export const again = [
  'Chạy lại phép đo; không cần sửa gì ở phía cơ quan.',
  'Measure again; there is nothing to fix on the agency’s side.',
] as const;
/** What to do where our own side has no IPv6. */
export const useDual = [
  'Đo lại từ một máy có IPv6 hoạt động (chạy `ipv6gov doctor` để kiểm tra máy đo).',
  'Measure again from a machine with working IPv6 (`ipv6gov doctor` tests the machine).',
] as const;
