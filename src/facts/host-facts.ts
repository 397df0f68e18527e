import type { Subject } from '../model/subject.ts';
import { addressFormOf } from './address-form.ts';
import { hostRoutes } from './address-routes.ts';
import type { AgencyContext } from './context.ts';
import { webAddressAgreement } from './web-address-agreement.ts';
import { webAddresses } from './web-addresses.ts';
import { webCertificateParity } from './web-certificate-parity.ts';
import { webCertificates } from './web-certificates.ts';
import { webConnections } from './web-connections.ts';
import { webDependencies } from './web-dependencies.ts';
import { webHeaderParity } from './web-header-parity.ts';
import { webLatency } from './web-latency.ts';
import { webLiterals } from './web-literals.ts';
import { webPages } from './web-pages.ts';
import { webProtocols } from './web-protocols.ts';
import { webRedirects } from './web-redirects.ts';
import { webSymmetry } from './web-symmetry.ts';
import { webTransfer } from './web-transfer.ts';

/** Facts about one host, by the name under which checks need them. */
export const hostFacts = {
  webAddresses: (context: AgencyContext, { name }: Subject) => webAddresses(context, name),
  webConnections: (context: AgencyContext, { name }: Subject) => webConnections(context, name),
  webCertificates: (context: AgencyContext, { name }: Subject) => webCertificates(context, name),
  webRedirects: (context: AgencyContext, { name }: Subject) => webRedirects(context, name),
  webPages: (context: AgencyContext, { name }: Subject) => webPages(context, name),
  webTransfer: (context: AgencyContext, { name }: Subject) => webTransfer(context, name),
  webLiterals: (context: AgencyContext, { name }: Subject) => webLiterals(context, name),
  webDependencies: (context: AgencyContext, { name }: Subject) => webDependencies(context, name),
  webAddressAgreement: (context: AgencyContext, { name }: Subject) => webAddressAgreement(context, name),
  webCertificateParity: (context: AgencyContext, { name }: Subject) => webCertificateParity(context, name),
  webHeaderParity: (context: AgencyContext, { name }: Subject) => webHeaderParity(context, name),
  webLatency: (context: AgencyContext, { name }: Subject) => webLatency(context, name),
  webProtocols: (context: AgencyContext, { name }: Subject) => webProtocols(context, name),
  addressForm: (context: AgencyContext, { name }: Subject) => addressFormOf(context, name),
  hostRoutes: (context: AgencyContext, { name }: Subject) => hostRoutes(context, name),
  webSymmetry: (context: AgencyContext, subject: Subject) => webSymmetry(context, subject),
};
