import type { Subject } from '../model/subject.ts';
import { type AaaaHandling, aaaaHandlingOf } from './aaaa-handling.ts';
import { type AaaaSets, aaaaSetsOf } from './aaaa-sets.ts';
import type { AddressSet } from './address-set.ts';
import type { AgencyContext } from './context.ts';
import { type DnssecAaaa, dnssecAaaaOf } from './dnssec.ts';
import type { Fact } from './fact.ts';
import { type FamilyDifferences, familyDifferencesOf } from './family-differences.ts';
import { type GlueMatch, glueMatchOf } from './glue-match.ts';
import { type HttpsRecords, httpsRecordsOf } from './https-records.ts';
import { type Ipv6OnlyNames, ipv6OnlyNamesOf } from './ipv6-only-names.ts';
import { type LargeAnswers, largeAnswersOf } from './large-answers.ts';
import { addressSet } from './lookup.ts';
import { type NameServerDiversity, nameServerDiversityOf } from './name-server-diversity.ts';
import { type DelegationView, delegationViewOf, type NameServers, nameServersOf } from './name-servers.ts';
import { type Ipv6Transports, ipv6TransportsOf } from './transport-summary.ts';
import { type ZoneAnswers, zoneAnswersOf } from './zone-answers.ts';

/** Facts about one zone, by the name under which checks need them. */
export const zoneFacts = {
  delegation: (context: AgencyContext, subject: Subject): Fact<DelegationView> => delegationViewOf(context, subject.name),
  nameServers: (context: AgencyContext, subject: Subject): Fact<NameServers> => nameServersOf(context, subject.name),
  ipv6Transports: (context: AgencyContext, subject: Subject): Fact<Ipv6Transports> => ipv6TransportsOf(context, subject.name),
  glueMatch: (context: AgencyContext, subject: Subject): Fact<GlueMatch> => glueMatchOf(context, subject.name),
  zoneAnswers: (context: AgencyContext, subject: Subject): Fact<ZoneAnswers> => zoneAnswersOf(context, subject.name),
  familyDifferences: (context: AgencyContext, subject: Subject): Fact<FamilyDifferences> => familyDifferencesOf(context, subject.name),
  aaaaHandling: (context: AgencyContext, subject: Subject): Fact<AaaaHandling> => aaaaHandlingOf(context, subject.name),
  aaaaSets: (context: AgencyContext, subject: Subject): Fact<AaaaSets> => aaaaSetsOf(context, subject.name),
  largeAnswers: (context: AgencyContext, subject: Subject): Fact<LargeAnswers> => largeAnswersOf(context, subject.name),
  nameServerDiversity: (context: AgencyContext, subject: Subject): Fact<NameServerDiversity> =>
    nameServerDiversityOf(context, subject.name),
  httpsRecords: (context: AgencyContext, subject: Subject): Fact<HttpsRecords> => httpsRecordsOf(context, subject.name),
  dnssecAaaa: (context: AgencyContext, subject: Subject): Fact<DnssecAaaa> => dnssecAaaaOf(context, subject.name),
  /** AAAA of a host subject, usable or not. */
  publishedAaaa: (context: AgencyContext, subject: Subject): Fact<AddressSet> => addressSet(context, subject.name, 6),
  /** Names that a service needs, resolved over IPv6 only and by both families. */
  ipv6OnlyNames: (context: AgencyContext, subject: Subject): Fact<Ipv6OnlyNames> => ipv6OnlyNamesOf(context, subject),
};
