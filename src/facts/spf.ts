import { siblingOf } from '../model/agency-services.ts';
import type { Cause } from '../model/cause.ts';
import { isNoMailSpf, parseSpf } from '../parsers/spf.ts';
import { type SpfAnswer, type SpfTree, walkSpf } from '../parsers/spf-tree.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet, lookup } from './lookup.ts';
import { mailExchangers } from './mail-exchangers.ts';

export interface SpfFact {
  domain: string;
  hasMail: boolean;
  tree: SpfTree;
  /** The one record allows no host at all. */
  deniesAll: boolean;
  /** Hosts of the agency's mail and web with a usable AAAA: those could send over IPv6. */
  ipv6Hosts: string[];
  /** Why it is not known whether there are such hosts; null when it is. */
  hostsCause: Cause | null;
}

/** The SPF tree of a mail domain over the evidence (RFC 7208). Unknown when the domain's own TXT look-up failed. */
export function spf(context: AgencyContext, domain: string): Fact<SpfFact> {
  return cached(context, `spf ${domain}`, () => {
    const mail = mailExchangers(context, domain);
    if (!mail.known) return mail;
    const own = lookup(context, domain, 'TXT');
    if (!own.known) return unknown(own.cause, [...mail.observations, ...own.observations]);
    const observations: string[] = [];
    const tree = treeOf(context, domain, observations);
    const web = [context.agency.domain, siblingOf(context.agency.domain)].map((name) => ({ name, ipv6: addressSet(context, name, 6) }));
    const hosts = [...mail.value.exchangers.filter(({ refused }) => refused === null), ...web];
    observations.push(...web.flatMap(({ ipv6 }) => ipv6.observations));
    const failed = hosts.find(({ ipv6 }) => !ipv6.known)?.ipv6;
    const [record] = tree.records;
    const value: SpfFact = {
      domain,
      hasMail: mail.value.hasMail,
      tree,
      deniesAll: tree.records.length === 1 && record !== undefined && isNoMailSpf(parseSpf(record)),
      ipv6Hosts: [...new Set(hosts.flatMap(({ name, ipv6 }) => (ipv6.known && ipv6.value.usable.length > 0 ? [name] : [])))],
      hostsCause: failed === undefined || failed.known ? null : failed.cause,
    };
    return known(value, [...new Set([...mail.observations, ...observations])]);
  });
}

function treeOf(context: AgencyContext, domain: string, observations: string[]): SpfTree {
  const walk = walkSpf(domain, context.manifest.settings.mail.maxSpfLookups);
  let step = walk.next();
  while (step.done !== true) {
    const found = lookup(context, step.value.name, step.value.type);
    observations.push(...found.observations);
    const answer: SpfAnswer = found.known ? { known: true, records: found.value.records } : { known: false, cause: found.cause };
    step = walk.next(answer);
  }
  return step.value;
}
