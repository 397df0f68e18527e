import { agencies, fill } from './agencies.ts';
import { run } from './commands.ts';
import { namespaceOf, type Place } from './namespaces.ts';

/** What no server can do by its configuration: silence, refusal, loss, and packets that never say why. */
export async function raiseFirewall(): Promise<void> {
  const rules = (side: 'filter' | 'filterOut') => agencies.flatMap((agency) => (agency[side] ?? []).map((rule) => fill(agency, rule)));
  // Mail servers look up the machine's own name: the answer is no, and at once.
  const noResolver = 'oifname != "lo" udp dport 53 reject';
  await load('servers', [chain('input', rules('filter')), chain('output', [noResolver, ...rules('filterOut')])]);
  // Nothing has these addresses; without the rule somebody would say so.
  await load('router', [chain('forward', ['ip6 daddr & ::ffff == ::dead drop'])]);
  const blackHoles = agencies.flatMap(({ web, address }) => (web?.behind1280 === 'black-hole' ? [address.w6] : []));
  await load('gate', [
    chain(
      'output',
      blackHoles.map((address) => `ip6 daddr ${address} icmpv6 type packet-too-big drop`),
    ),
  ]);
}

function chain(hook: 'input' | 'output' | 'forward', rules: readonly string[]): string {
  return [`chain ${hook} {`, `type filter hook ${hook} priority 0; policy accept;`, ...rules, '}'].join('\n');
}

async function load(place: Place, chains: readonly string[]): Promise<void> {
  const input = ['table inet lab {', ...chains, '}', ''].join('\n');
  await run('ip', ['netns', 'exec', namespaceOf(place), 'nft', '-f', '-'], { input });
}
