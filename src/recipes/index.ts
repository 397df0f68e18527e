import * as dns from './dns.ts';
import * as mail from './mail.ts';
import * as network from './network.ts';
import type { Recipe } from './recipe.ts';
import * as web from './web.ts';

const published = [dns.zoneWeb, dns.powerdnsWeb, dns.windowsDnsWeb, web.cloudflareWeb];
const listening = [web.nginxListen, web.apacheListen, web.iisBinding];
const serving = [dns.bindListen, dns.nsdListen, dns.powerdnsListen, network.firewallDns];
const transferring = [dns.bindTransfer, dns.nsdTransfer, dns.powerdnsTransfer];
const greeting = [mail.postfixListen, mail.exchangeListen, network.firewallMail];

/** Configuration that repairs what a check finds, by the id of the check; where none is named the fault is not in a configuration. */
export const recipes: Readonly<Record<string, readonly Recipe[]>> = {
  'address-scope': [dns.zoneWeb, dns.powerdnsWeb, dns.windowsDnsWeb],
  delegation: [dns.zoneNameServers, dns.registrarGlue],
  'ns-ipv6-count': [dns.zoneNameServers, dns.registrarGlue],
  'ns-dual-stack': [dns.zoneNameServers],
  'ns-udp-ipv6': serving,
  'ns-tcp-ipv6': serving,
  'glue-ipv6': [dns.registrarGlue, dns.parentGlue],
  'transport-consistency': transferring,
  'aaaa-consistency': transferring,
  'aaaa-handling': [dns.bindFilter, dns.dnsdistFilter],
  'web-addresses': published,
  'web-connect': [...listening, network.firewallWeb],
  'web-tls': [web.nginxTls, web.apacheListen, web.iisBinding],
  'web-response': [web.nginxListen, web.nginxAccess, web.apacheListen, web.apacheAccess],
  'web-content': [web.nginxListen, web.apacheListen],
  'web-redirects': [web.nginxRedirect, web.apacheRedirect, dns.zoneWeb],
  'web-transfer': [network.firewallPathMtu, network.linuxPathMtu],
  'web-symmetry': [...published, web.nginxRedirect],
  'web-literals': [web.nginxRedirect, web.nginxLiterals],
  'web-dependencies': published,
  'web-address-agreement': [web.nginxTls, web.apacheListen, dns.zoneWeb],
  'web-certificate-parity': [web.nginxTls, web.apacheListen],
  'web-header-parity': [web.nginxHeaders, web.apacheHeaders],
  'web-protocols': [web.nginxProtocols, web.apacheProtocols],
  'large-answer-ipv6': serving,
  'ns-diversity-ipv6': [dns.zoneNameServers],
  'ns-name-alias': [dns.zoneNameServers],
  'https-record': [dns.zoneHttps],
  'dnssec-aaaa': [dns.bindDnssec],
  'address-set': [dns.zoneWeb],
  'mail-policy-hosts': [mail.zonePolicyHosts],
  'mail-role': [mail.zoneNoMail, mail.zoneMail],
  'mx-addresses': [mail.zoneMail],
  'mx-reverse': [mail.zoneReverse],
  'smtp-connect': greeting,
  'smtp-starttls': [mail.postfixTls, mail.exchangeTls],
  'spf-ipv6': [mail.zoneSpf],
  'ipv6-only-names': [dns.zoneNameServers, dns.registrarGlue, ...serving],
  'ipv6-only-page': [...published, ...listening, network.firewallWeb],
  'ipv6-only-dependencies': published,
  'ipv6-only-mail': [mail.zoneMail, ...greeting],
  'dns64-safe': [dns.bindFilter, dns.zoneWeb, web.nginxLiterals],
};
