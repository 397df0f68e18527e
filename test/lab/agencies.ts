import { dnsCases } from './cases/dns.ts';
import { healthyCases } from './cases/healthy.ts';
import { mailCases } from './cases/mail.ts';
import { routingCases } from './cases/routing.ts';
import { supportingCases } from './cases/supporting.ts';
import { unusableCases } from './cases/unusable.ts';
import { webCases } from './cases/web.ts';
import { contentCases } from './cases/web-content.ts';
import type { Case } from './model.ts';

/** A case with its number and the addresses that go with it. */
export interface Agency extends Case {
  number: number;
  address: Readonly<Record<AddressName, string>>;
}

export type AddressName = 'w4' | 'w6' | 'y4' | 'y6' | 'z4' | 'z6' | 'm4' | 'm6' | 's1v4' | 's1v6' | 's2v4' | 's2v6' | 'x6';

const cases: readonly Case[] = [
  ...supportingCases,
  ...healthyCases,
  ...webCases,
  ...contentCases,
  ...unusableCases,
  ...dnsCases,
  ...mailCases,
  ...routingCases,
];

/**
 * Every domain with addresses of its own. They are global unicast space, because the tool's own gate lets nothing else through;
 * they exist in the lab's namespaces only, and no route leads out of these.
 */
export const agencies: readonly Agency[] = cases.map((entry, index) => {
  const number = index + 1;
  const [four, six] = [`203.162.${number}`, `2405:4800:${number}::`];
  const address = {
    w4: `${four}.80`,
    w6: `${six}80`,
    y4: `${four}.81`,
    y6: `${six}81`,
    z4: `${four}.82`,
    z6: `${six}82`,
    m4: `${four}.25`,
    m6: `${six}25`,
    s1v4: `${four}.53`,
    s1v6: `${six}53`,
    s2v4: `203.119.${number}.53`,
    s2v6: `2001:dc8:${number}::53`,
    x6: `${six}dead`,
  };
  return { ...entry, number, address };
});

export const audited: readonly Agency[] = agencies.filter(({ supporting }) => supporting !== true);

/** Name servers that are asked by address in the facts. */
export const govServer = '203.119.254.53';
export const arpaServer = '2620:37:e000::53';

function agencyAt(domain: string): Agency {
  const found = agencies.find((agency) => agency.domain === domain);
  if (found === undefined) throw new Error(`no agency ${domain}`);
  return found;
}

/** Puts the domain, number and addresses of an agency, and those of the supporting domains, into a text of its case. */
export function fill({ domain, number, address }: Agency, text: string): string {
  const provider = agencyAt('ha-tang.vn').address;
  const zone = agencyAt('chi-v4.vn').address;
  const values: Readonly<Record<string, string>> = {
    ...address,
    d: domain,
    n: String(number),
    provider4: provider.w4,
    provider6: provider.w6,
    'provider-ns': provider.s1v4,
    'provider-dead': provider.x6,
    v4zone4: zone.w4,
    v4zone6: zone.w6,
    'gov-ns': govServer,
    'arpa-ns': arpaServer,
  };
  return text.replace(/\{([a-z][a-z0-9-]{0,13})\}/g, (whole, key: string) => values[key] ?? whole);
}
