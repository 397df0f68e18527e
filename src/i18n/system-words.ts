import type { Bilingual } from '../model/report.ts';
import type { Language } from './catalogue.ts';

const text = (vi: string, en: string): Bilingual => ({ vi, en });

/** What the system says of a file or folder, in words, by its error code. */
const words: Readonly<Record<string, Bilingual>> = {
  ENOENT: text('không có tệp hoặc thư mục này', 'there is no such file or folder'),
  ENOTDIR: text('một phần của đường dẫn không phải thư mục', 'part of the path is no folder'),
  EISDIR: text('đây là thư mục, không phải tệp', 'it is a folder, not a file'),
  EACCES: text('không có quyền', 'permission denied'),
  EPERM: text('không được phép', 'not permitted'),
  EROFS: text('hệ thống tệp này chỉ cho đọc', 'the file system is read-only'),
  ENOSPC: text('đĩa đã đầy', 'the disk is full'),
  EDQUOT: text('đã dùng hết hạn mức đĩa', 'the disk quota is used up'),
  EFBIG: text('tệp quá lớn', 'the file is too large'),
  EIO: text('đĩa bị lỗi khi đọc hoặc ghi', 'the disk failed'),
  EMFILE: text('tiến trình mở quá nhiều tệp', 'the process has too many open files'),
  ENAMETOOLONG: text('tên quá dài', 'the name is too long'),
  ELOOP: text('liên kết vòng tròn', 'a circle of links'),
};

/** A system error code in words; one that is not known stays as it is. */
export function systemWord(code: string, language: Language): string {
  return Object.hasOwn(words, code) ? (words[code]?.[language] ?? code) : code;
}
