import { loadChecks } from '../../src/checks/index.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { causeTexts } from '../../src/i18n/causes.ts';
import { catalogueOf } from '../../src/i18n/language.ts';

type Language = 'vi' | 'en';

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const heads = {
  vi: { option: 'tùy chọn', meaning: 'ý nghĩa', check: 'phép kiểm tra', level: 'mức', title: 'nội dung', code: 'mã', cause: 'nguyên nhân' },
  en: { option: 'option', meaning: 'meaning', check: 'check', level: 'level', title: 'what', code: 'code', cause: 'cause' },
} as const;

const levels = {
  vi: { required: 'bắt buộc', recommended: 'khuyến nghị', informative: 'thông tin' },
  en: { required: 'required', recommended: 'recommended', informative: 'informative' },
} as const;

const exits: Record<Language, Record<keyof typeof exitCodes, string>> = {
  vi: {
    good: 'đạt ngưỡng đặt ra, hoặc không đặt ngưỡng',
    gateFailed: 'không đạt ngưỡng của `--fail-on`',
    usage: 'dùng sai lệnh hoặc dữ liệu đầu vào sai; chưa gửi gói tin nào',
    ownTrouble: 'phía máy đo không đo được (thiếu IPv6, DNS bị chặn, lỗi công cụ); được ưu tiên hơn 1',
    interrupted: 'bị dừng bằng Ctrl-C; chạy tiếp được bằng `--resume`',
    terminated: 'bị dừng bằng SIGTERM; chạy tiếp được bằng `--resume`',
  },
  en: {
    good: 'the gate passed, or there is none',
    gateFailed: 'the gate of `--fail-on` failed',
    usage: 'wrong use or input; no packet was sent',
    ownTrouble: 'our own side could not measure (no IPv6 here, DNS intercepted, a fault of the tool); wins over 1',
    interrupted: 'interrupted by Ctrl-C; `--resume` goes on',
    terminated: 'ended by SIGTERM; `--resume` goes on',
  },
};

/** The generated blocks of a README, by name: made from the code, so that they cannot be out of date unnoticed. */
export async function readmeBlocks(language: Language): Promise<Record<string, string>> {
  const head = heads[language];
  const program = buildProgram(catalogueOf(language), { write: () => undefined, onCommand: () => undefined });
  const options = [program, ...program.commands.filter((command) => command.name() === 'audit')].flatMap((command) => command.options);
  const checks = await loadChecks();
  return {
    options: table(
      [head.option, head.meaning],
      options.map(({ flags, description }) => [`\`${flags}\``, description]),
    ),
    checks: table(
      [head.check, head.level, head.title],
      checks.map(({ id, level, title }) => [`\`${id}\``, levels[language][level], title[language]]),
    ),
    'exit-codes': table(
      [head.code, head.meaning],
      Object.entries(exitCodes).map(([name, code]) => [String(code), exits[language][name as keyof typeof exitCodes]]),
    ),
    causes: table(
      [head.cause, head.meaning],
      Object.entries(causeTexts).map(([cause, text]) => [`\`${cause}\``, text[language]]),
    ),
  };
}

/** Puts the blocks between their markers. Throws when a marker is missing. */
export function fillReadme(text: string, blocks: Record<string, string>): string {
  let filled = text;
  for (const [name, block] of Object.entries(blocks)) {
    const [begin, end] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
    const [from, to] = [filled.indexOf(begin), filled.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`no ${begin} … ${end}`);
    filled = `${filled.slice(0, from + begin.length)}\n${block}\n${filled.slice(to)}`;
  }
  return filled;
}
