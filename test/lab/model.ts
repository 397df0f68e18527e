import type { Cause } from '../../src/model/cause.ts';
import type { Status } from '../../src/model/finding.ts';

/** Lines taken from and added to a zone or a delegation; a line is taken out when it begins with one of `without`. */
export interface Edit {
  without?: readonly string[];
  with?: readonly string[];
}

/** An address of a name server: first or second, over IPv4 or IPv6. */
export const nameServerSlots = ['s1v4', 's1v6', 's2v4', 's2v6'] as const;
export type NameServerSlot = (typeof nameServerSlots)[number];

/** What the odd name server does with a question for AAAA; everything else it hands to a real one. */
export type OddHabit = 'servfail' | 'refused' | 'nxdomain' | 'silent';

/** Who answers at that address: a server with the agency's zones (unless said), one without them, one with a changed copy. */
export type NameServerKind = 'lame' | 'changed' | OddHabit;

export type CertificateKind =
  | 'own'
  | 'second'
  | 'wrong-name'
  | 'expired'
  | 'self-signed'
  | 'with-intermediate'
  | 'without-intermediate'
  | 'services-ipv6'
  | 'services-ipv4';

/** One family's web server. Texts are nginx directives. */
export interface Site {
  /** Inside the server of port 80; `null`: nothing listens. */
  plain?: string | null;
  /** Inside the server of port 443; `null`: nothing listens. */
  secure?: string | null;
  /** Replaces the response headers that every site sends. */
  headers?: string;
  certificate?: CertificateKind;
  http2?: boolean;
  root?: 'own' | 'default' | 'old' | 'tiny';
}

/**
 * What the odd web server does: `delay` hands on after 400 ms, `silent` accepts and never speaks, `endless` answers with the
 * agency's page and goes on for ever.
 */
export interface OddListener {
  address: string;
  port: number;
  habit: 'delay' | 'silent' | 'endless';
  /** For `delay`. */
  target?: string;
  /** For `endless`. */
  page?: string;
}

export interface Web {
  both?: Site;
  ipv4?: Site;
  ipv6?: Site;
  /** HTML for the head and the body of the agency's page. */
  head?: string;
  body?: string;
  /** More nginx servers, each a whole block; `%own%` stands for the directives of the agency's certificate and page. */
  more?: readonly string[];
  odd?: readonly OddListener[];
  /** Every packet to it over IPv6 arrives 400 ms late. */
  behindSlowLink?: boolean;
  /** Behind a link of MTU 1280; `black-hole` drops Packet Too Big there. */
  behind1280?: 'healthy' | 'black-hole';
}

/** One family's mail server: options of Postfix's smtpd; `null`: nothing listens. */
export type MailSide = readonly string[] | null;

export interface Mail {
  ipv4?: MailSide;
  ipv6?: MailSide;
  program?: 'postfix' | 'aiosmtpd';
  /** The servers listen at the web addresses too (implicit MX). */
  atWeb?: boolean;
  reverse?: 'missing' | 'other-name';
}

/** Host: `@` the domain, `www`, `*` both; `null` as status: the configuration does not settle it. */
export type ExpectedRow = readonly [check: string, host: string, status: Status | null, cause?: Cause | 'any'];

/**
 * One domain of the lab: what is configured, what an audit has to find, and how other tools see the same. In all texts `{d}` is the
 * domain, `{n}` its number, `{w4} {w6}` its web server, `{y4} {y6}` a second one, `{m4} {m6}` its exchanger, `{s1v4}`… its name
 * servers and `{x6}` an address where nothing answers.
 */
export interface Case {
  domain: string;
  title: string;
  /** What is wrong, for the reader. */
  fault: string;
  zone?: Edit;
  /** The parent's delegation; without it the same name servers as in the zone. */
  parent?: Edit | 'none';
  /** The copy that servers of the kind `changed` have. */
  changed?: Edit & { serial?: string };
  servers?: Partial<Record<NameServerSlot, NameServerKind>>;
  /** More addresses at which a real name server answers. */
  answersAt?: readonly ('y4' | 'y6' | 'z4' | 'z6')[];
  signed?: 'good' | 'bogus';
  web?: Web;
  mail?: Mail;
  /** Rules of nft for what arrives at the servers. */
  filter?: readonly string[];
  /** For what the servers send. */
  filterOut?: readonly string[];
  /** Not audited: other agencies lean on it. */
  supporting?: true;
  /** Takes minutes of waiting: audited by itself, from one vantage, with little time. */
  slow?: true;
  /** Its route in the data of `--asn-db`, where that is not as it should be. */
  route?: 'other-origin' | 'too-long' | 'not-announced';
  /** How this differs from an agency where all is in order. */
  findings: readonly ExpectedRow[];
  /** What shows only while the machine has little else to do: asserted in a second audit, of few domains. */
  quietFindings?: readonly ExpectedRow[];
  /** Checks in which the same fault may show as a `fail` too; a `fail` anywhere else is a wrong verdict. */
  mayFail?: readonly string[];
  conformity: 'pass' | 'fail' | 'inconclusive' | null;
  /** The rung of the readiness ladder that the configuration allows. */
  level: number | null;
  /** Facts in the words of confirm.sh. */
  facts: readonly string[];
}
