import { agencies } from './agencies.ts';
import { run } from './commands.ts';
import { namespaceOf } from './namespaces.ts';

/** The two faults that no server can make by its configuration: silence, and a refusal at an address where others are served. */
export async function raiseFirewall(): Promise<void> {
  const rules = agencies.flatMap(({ fault, web }) => {
    if (fault === 'aaaa-dropped') return [`ip6 daddr ${web.apex.ipv6} meta l4proto tcp drop`];
    if (fault === 'https-refused-over-ipv6') return [`ip6 daddr ${web.apex.ipv6} tcp dport 443 reject with tcp reset`];
    return [];
  });
  const input = ['table inet lab {', 'chain input {', 'type filter hook input priority 0; policy accept;', ...rules, '}', '}', ''].join(
    '\n',
  );
  await run('ip', ['netns', 'exec', namespaceOf('servers'), 'nft', '-f', '-'], { input });
}
