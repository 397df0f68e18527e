import { decodeMessage } from '../../../src/net/dns-message.ts';
import { DnsMessageError } from '../../../src/net/dns-message-error.ts';
import { pointer, u16, wireMessage, wireName, wireOpt, wireRecord } from '../../support/dns-wire.ts';
import { mutateBytes } from '../mutate.ts';
import type { Random } from '../random.ts';
import type { Target } from '../target.ts';

const limits = { maxPointersPerName: 32, maxNameStepsPerMessage: 65_536 };
const types = [1, 2, 5, 6, 12, 15, 16, 28, 33, 35, 39, 41, 43, 46, 47, 48, 50, 51, 52, 64, 65, 99, 256, 257];

const good = wireMessage({
  answers: [
    wireRecord({ type: 1, rdata: Buffer.from([192, 0, 2, 1]) }),
    wireRecord({ type: 28, rdata: Buffer.from('20010db8000000000000000000000001', 'hex') }),
    wireRecord({ type: 15, rdata: Buffer.concat([u16(10), wireName('mx.a.vn')]) }),
    wireRecord({ type: 16, rdata: Buffer.from('\u0003abc\u0002de', 'latin1') }),
    wireRecord({
      type: 65,
      rdata: Buffer.from('00010000010003026833000400040102030400060010'.concat('20010db8000000000000000000000001'), 'hex'),
    }),
    wireRecord({ type: 33, rdata: Buffer.concat([u16(1), u16(2), u16(3), wireName('s.vn')]) }),
  ],
  authorities: [wireRecord({ type: 2, rdata: Buffer.concat([Buffer.from([2, 0x6e, 0x73]), pointer(12)]) })],
  additionals: [wireRecord({ type: 48, rdata: Buffer.from([1, 1, 3, 13, 1, 2, 3]) }), wireOpt([[15, Buffer.from([0, 22, 0x61])]])],
});

function randomName(random: Random): Buffer {
  const pieces = Array.from({ length: random.below(6) }, () => {
    const label = random.bytes(1 + random.below(random.chance(0.2) ? 63 : 8));
    return Buffer.concat([Buffer.from([random.chance(0.05) ? 64 + random.below(192) : label.length]), label]);
  });
  const end = random.chance(0.5) ? Buffer.from([0]) : pointer(random.pick([0, 12, 13, random.below(400), random.below(16_384)]));
  return Buffer.concat([...pieces, end]);
}

function randomRecord(random: Random): Buffer {
  const rdata = Buffer.concat(
    Array.from({ length: random.below(5) }, () => (random.chance(0.5) ? randomName(random) : random.bytes(random.below(24)))),
  );
  return wireRecord({
    owner: random.chance(0.6) ? pointer(12) : randomName(random),
    type: random.chance(0.9) ? random.pick(types) : random.below(65_536),
    rrClass: random.pick([1, 1, 1, 0x8001, 3, 254]),
    rdata,
    rdlength: Math.max(0, rdata.length + random.pick([0, 0, 0, 0, 1, -1, 7, 300, 60_000])) & 0xffff,
  });
}

/** Names that lead to each other: every jump is legal, and all together they are much work. */
function pointerChain(random: Random): Buffer {
  const links = 1 + random.below(8_000);
  const chain = Array.from({ length: links }, (_, at) =>
    Buffer.concat([Buffer.from([1, 0x61]), pointer(at === 0 ? 12 : Math.min(16_383, 23 + 12 + at * 4))]),
  );
  const body = wireRecord({ type: 16, rdata: Buffer.concat(chain).subarray(0, 30_000) });
  const last = Math.min(16_380, 35 + Math.min(links, 4_000) * 4 - 4);
  const users = Array.from({ length: random.below(2_500) }, () =>
    wireRecord({ owner: pointer(last - random.below(40)), type: 2, rdata: pointer(last) }),
  );
  return wireMessage({ answers: [body, ...users] }).subarray(0, 65_535);
}

const seeds = [good, wireMessage({ flags: 0x8183 }), wireMessage({ question: null }), Buffer.alloc(12)];

export const dnsTarget: Target = {
  name: 'dns',
  seeds,
  mutate(random) {
    const kind = random.below(10);
    if (kind === 0) return pointerChain(random);
    if (kind < 5) {
      const records = (most: number): Buffer[] => Array.from({ length: random.below(most) }, () => randomRecord(random));
      const lie = random.chance(0.2) ? { answerCount: random.below(65_536) } : {};
      return wireMessage({
        answers: records(random.chance(0.05) ? 600 : 8),
        authorities: records(4),
        additionals: records(4),
        ...lie,
      }).subarray(0, 65_535);
    }
    return mutateBytes(random.pick(seeds), random, seeds).subarray(0, 65_535);
  },
  read: (input) => JSON.stringify(decodeMessage(input, limits)).length,
  isDeclared: (error) => error instanceof DnsMessageError,
  maxMs: 20,
  // A name of 255 bytes behind a pointer of two, each byte as an escape of four characters.
  maxResult: (bytes) => 65_536 + bytes * 1_200,
};
