import type { ProbeContext } from './context.ts';

/** Mail of one domain: MX, addresses of all exchangers, SMTP to the best ones, PTR of what was contacted, SPF tree. */
export async function probeMail(_context: ProbeContext, _mailDomain: string): Promise<void> {}
