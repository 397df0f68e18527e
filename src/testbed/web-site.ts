import { gzipSync } from 'node:zlib';
import type { Family } from '../model/observation.ts';
import { imagePath, pageOf, stylePath } from './pages.ts';
import { absoluteName } from './record-text.ts';
import type { WebRule } from './scenario.ts';
import { acts, concerns, type Node, type Owner } from './world.ts';

export interface WebRequest {
  node: Node;
  family: Family;
  scheme: 'http' | 'https';
  /** Lower case, without port. */
  host: string;
  path: string;
  headerBytes: number;
}

/** What goes out. `sendBytes` less than the body: the rest never comes. */
export interface WebReply {
  kind: 'answer' | 'silent' | 'reset' | 'cut';
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  sendBytes: number;
  delayMs: number;
}

/** Bytes of a body sent before a stall: less than one packet, so that the client sees headers and a beginning. */
const stallAfterBytes = 1_200;

function ruleFor(request: WebRequest): WebRule['do'] | null {
  const { owner } = request.node;
  for (const counted of owner.web) {
    const { rule } = counted;
    if (!concerns(rule, request.node, request.family)) continue;
    if (rule.scheme !== undefined ? rule.scheme !== request.scheme : request.scheme === 'http') continue;
    if (rule.host !== undefined && absoluteName(rule.host, owner.domain) !== request.host) continue;
    if (rule.path !== '*' && rule.path !== request.path) continue;
    if (rule.do.whenHeadersOver !== undefined && request.headerBytes < rule.do.whenHeadersOver) continue;
    if (acts(counted)) return rule.do;
  }
  return null;
}

function answer(status: number, type: string, body: Buffer | string): WebReply {
  const bytes = Buffer.from(body);
  return { kind: 'answer', status, headers: { 'content-type': type }, body: bytes, sendBytes: bytes.length, delayMs: 0 };
}

const html = 'text/html; charset=utf-8';

// A grey picture of one pixel is enough for those who look; the rest makes it an object worth transferring (`web-transfer`).
const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(24_000, 0x5a)]);

function redirect(status: number, location: string): WebReply {
  const reply = answer(status, html, `<html><body><a href="${location}">${location}</a></body></html>`);
  return { ...reply, headers: { ...reply.headers, location } };
}

function healthy(request: WebRequest, action: WebRule['do'], name: string, fill: (text: string) => string): WebReply {
  if (request.scheme === 'http' && action.page === undefined) return redirect(301, `https://${request.host}${request.path}`);
  const page = (): string => {
    const parts = { host: request.host, name, head: (action.head ?? []).map(fill), body: (action.body ?? []).map(fill) };
    return pageOf(action.page ?? 'healthy', parts);
  };
  if (request.path === '/' || action.page !== undefined) return answer(action.status ?? 200, html, page());
  if (request.path === stylePath)
    return answer(200, 'text/css', fill(`body{font-family:sans-serif}header{background:#a00}\n${action.css ?? ''}`));
  if (request.path === imagePath) return answer(200, 'image/png', picture);
  return answer(404, html, pageOf('tiny', { host: request.host, name: '404', head: [], body: [] }));
}

/** The style sheet of a site may have a rule of its own through the rule of its page. */
function withCss(request: WebRequest, action: WebRule['do'] | null): WebRule['do'] {
  if (action !== null || request.path !== stylePath) return action ?? {};
  const rule = request.node.owner.web.find(
    (counted) => counted.rule.do.css !== undefined && concerns(counted.rule, request.node, request.family),
  );
  return rule === undefined ? {} : { css: rule.rule.do.css };
}

function shaped(reply: WebReply, action: WebRule['do']): WebReply {
  const body = action.gzip === true ? gzipSync(reply.body) : reply.body;
  const headers = { ...reply.headers, ...(action.gzip === true ? { 'content-encoding': 'gzip' } : {}), ...action.headers };
  const kind = action.reset === true ? 'reset' : action.cut === true ? 'cut' : action.stall === 'headers' ? 'silent' : 'answer';
  const sendBytes = action.stall === 'body' || action.cut === true ? Math.min(stallAfterBytes, body.length) : body.length;
  return { ...reply, kind, headers, body, sendBytes, delayMs: action.delayMs ?? 0 };
}

/** What a web server answers. `names` tells the title of an owner's site. */
export function answerWeb(request: WebRequest, names: (owner: Owner) => string): WebReply {
  const { owner } = request.node;
  const action = withCss(request, ruleFor(request));
  const fill = (text: string): string => owner.fill(text);
  if (action.redirect !== undefined) return shaped(redirect(action.status ?? 302, fill(action.redirect)), action);
  const reply = healthy(request, action, names(owner), fill);
  return shaped(action.status === undefined ? reply : { ...reply, status: action.status }, action);
}
