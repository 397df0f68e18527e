import { createReplyReader } from '../../../src/net/smtp-replies.ts';
import { mutateBytes, withTokens } from '../mutate.ts';
import type { Target } from '../target.ts';

const limits = { maxLineBytes: 1_000, maxReplyBytes: 100_000, maxReplyLines: 100 };
const seeds = [
  '220 mx.a.gov.vn ESMTP\r\n',
  '250-mx.a.gov.vn\r\n250-PIPELINING\r\n250-SIZE 31457280\r\n250-STARTTLS\r\n250 SMTPUTF8\r\n',
  '220 ready\r\n250 injected\r\n',
  '554-go\r\n554 away\r\n',
  'HTTP/1.1 400 Bad Request\r\n\r\n',
].map((text) => Buffer.from(text, 'latin1'));
const tokens = [
  '220-',
  '220 ',
  '250-',
  '250',
  '\r\n',
  '\n',
  '\r',
  '-',
  '\0',
  '\u001b[2J',
  'A'.repeat(1_001),
  '999 ',
  '250-STARTTLS\r\n',
  ' ',
];

export const smtpTarget: Target = {
  name: 'smtp',
  seeds,
  mutate(random) {
    const seed = random.pick(seeds);
    if (random.chance(0.5)) return mutateBytes(seed, random, seeds);
    return Buffer.from(withTokens(seed.toString('latin1'), random, tokens), 'latin1').subarray(0, 200_000);
  },
  /** In pieces, as a network would: each whole reply is taken before the next bytes. */
  read(input) {
    const reader = createReplyReader(limits);
    const piece = 1 + (input.length % 97);
    let size = 0;
    for (let at = 0; at < input.length; at += piece) {
      const state = reader.push(input.subarray(at, at + piece));
      const reply = state.kind === 'reply' ? state.reply : state.kind === 'problem' ? state.partial : null;
      for (const line of reply?.lines ?? []) {
        if (line.length > limits.maxLineBytes) throw new Error(`a line of ${line.length}`);
        size += line.length;
      }
      if (state.kind === 'problem') break;
    }
    return size;
  },
  isDeclared: () => false,
  maxMs: 20,
  maxResult: (bytes) => bytes,
};
