/**
 * Details of an agency drawn from the data in the page (compact-data.ts), the same as details/agency-detail.tsx draws. Text goes in as
 * text nodes only, links come from checks only and go to http or https.
 */
export const detailScript = `
let stored=null;
const data=()=>stored||(stored=JSON.parse(find('#data').textContent));
const upper=(text)=>text.charAt(0).toLocaleUpperCase('vi')+text.slice(1);
const capital=([vi,en])=>[upper(vi),upper(en)];
const word=(key,values)=>data().words[key].map((sentence,at)=>sentence.replace(/\\{([a-z]{1,20})\\}/g,(whole,name)=>{
  const value=(values||{})[name];
  return value===undefined?whole:Array.isArray(value)?value[at]:String(value);
}));
const percent=(share)=>{const whole=Math.floor(share*100+1e-9);return (share>0&&whole===0?1:whole)+'\\u00a0%';};
const text=(position)=>position<0?null:data().strings[position];
const kind=(record,key)=>Object.hasOwn(data().kinds[record],key)?data().kinds[record][key]:[key,key];
const checkOf=(position)=>data().checks.find((check)=>check[0]===position)||[position,[text(position),text(position)],[]];
const restore=(position,slots)=>data().patterns[position].replace(/\\u0001([^])/g,(whole,slot)=>text(slots[slot.charCodeAt(0)-48]));
const sentence=(pair,slots)=>pair.map((position)=>restore(position,slots));
const head=(...titles)=>make('thead','',make('tr','',titles.map((title)=>{const cell=make('th','',two(title));cell.scope='col';return cell;})));
const breakdown=(lines)=>lines.length===0?null:make('table','cells breakdown',make('caption','',two(word('howScored'))),head(word('part'),word('score'),word('weight'),word('covered')),
  make('tbody','',lines.map(([vi,en,weight,score,coverage,cap])=>make('tr','',
    rowHead(two([text(vi),text(en)]),cap<0?null:make('small','',two(word('limit')),': ',two(kind('caps',text(cap))))),
    make('td','n',two(score===null?word('notDecided'):number(score))),make('td','n',two(number(weight)),'\\u00a0%'),make('td','n',percent(coverage))))));
const scoreLine=(score,coverage)=>make('span','score',two(score===null?word('noScore'):word('scoreOf',{n:number(score)})),' · ',two(word('measuredShare',{share:percent(coverage)})));
const decision=([role,verdict,check,cause,undecided])=>{
  const notes=[];
  if(check>=0)notes.push(word('decidedBy',{check:checkOf(check)[1]}));
  if(cause>=0)notes.push(kind('causes',text(cause)));
  const open=[...new Map(undecided.map((one)=>[one.join(),one])).values()];
  if(open.length>0)notes.push(word('undecided',{checks:[0,1].map((at)=>open.map(([own,why])=>checkOf(own)[1][at]+' ('+kind('causes',text(why))[at]+')').join(', '))}));
  return make('li','',make('b','',two(capital(kind('components',text(role))))),': ',mark(data().kinds.verdicts[text(verdict)]),notes.map((note)=>make('span','decision-note','; ',two(note))));
};
const conformity=([verdict,score,coverage,lines],services)=>make('section','result',make('h4','',two(word('conformityTitle'))),
  make('p','verdict',mark(data().kinds.verdicts[text(verdict)]),scoreLine(score,coverage)),make('ul','decisions',services.map(decision)),breakdown(lines));
const readiness=([level,atLeast,verdict,score,coverage,lines])=>{
  const rung=level===null?atLeast:level,pips=make('span',level===null?'pips open':'pips',[0,1,2,3,4,5].map((at)=>make('i',at<=rung?'on':'')));
  pips.setAttribute('aria-hidden','true');
  return make('section','result',make('h4','',two(word('readinessTitle'))),
    make('p','verdict',pips,make('b','',two(capital(word(level===null?'atLeast':'levelOf',{n:rung})))),scoreLine(score,coverage)),
    make('ul','decisions',make('li','',two(capital(kind('ladder',text(verdict)))))),breakdown(lines));
};
const services=(list)=>list.length===0?null:[make('h4','',two(word('services'))),make('table','cells services',
  head(word('service'),word('host'),word('state'),['DNS','DNS'],['Web','Web'],data().kinds.mail),
  make('tbody','',list.map(([role,host,state,...triple])=>make('tr','',rowHead(two(capital(kind('roles',text(role))))),make('td','name',text(host)),make('td','',two(kind('states',text(state)))),
    triple.map((one)=>make('td','t '+text(one),two(kind('triples',text(one)))))))))];
const evidence=(lines,total)=>lines.length===0?null:make('details','evidence',make('summary','',two(word('evidence',{n:total}))),
  make('table','cells',head(word('target'),word('address'),word('outcome'),word('step'),word('time')),make('tbody','',lines.map(([target,address,outcome,step,elapsed])=>make('tr','',
    make('td','name',text(target)),make('td','name',text(address)),make('td','',text(outcome)==='ok'?'ok':two(kind('causes',text(outcome)))),make('td','',step<0?'–':two(kind('steps',text(step)))),make('td','n',two(number(elapsed)),' ms'))))),
  lines.length<total?make('p','note',two(word('evidenceCut'))):null);
const references=(list)=>{
  const links=list.filter(([,url])=>/^https?:/i.test(url)).map(([label,url],at)=>{const link=make('a','',label);link.href=url;link.rel='noopener noreferrer';return make('span','',at>0?', ':null,link);});
  return links.length===0?null:make('p','refs',two(word('references')),': ',links);
};
const fixBox=(fix,slots)=>{
  if(fix===null)return null;
  const button=make('button','copy',two(word('copy')));button.type='button';
  return make('div','fix',make('p','fix-title',two(word('fix'))),make('p','fix-text',two(sentence(fix,slots))),button);
};
const finding=(all)=>([status,check,host,told,tags,fix,slots,lines,total])=>make('section','finding '+data().kinds.statuses[text(status)][0],
  make('h5','',mark(data().kinds.statuses[text(status)]),make('span','finding-title',two(checkOf(check)[1])),make('span','name',text(host))),
  make('p','text',two(sentence(told,slots))),make('p','tags',make('span','',text(check)),tags.map((tag)=>make('span','',two(sentence(tag,slots))))),
  fixBox(fix,slots),evidence(lines.map((line)=>all[line]),total),references(checkOf(check)[2]));
const others=(list)=>list===null||list.length===0?null:make('details','others',make('summary','',two(word('others',{n:list.length}))),
  make('ul','',list.map(([status,check,host])=>make('li','',mark(data().kinds.statuses[text(status)]),make('span','',make('b','',two(checkOf(check)[1])),' ',make('span','name',text(host)))))));
const byVantage=(seen)=>seen===null?null:[make('h4','',two(word('byVantage'))),make('table','cells vantages',head(word('what'),...seen[0].map((name)=>[text(name),text(name)])),
  make('tbody','',seen[1].map(([check,host,statuses])=>make('tr','',rowHead(two(checkOf(check)[1]),' ',make('span','name',text(host))),
    statuses.map((status)=>make('td','',status<0?'–':mark(data().kinds.statuses[text(status)])))))))];
const agency=([[vi,en,category,domain,file,line],scored,decisions,ready,hosts,findings,rest,lines,unseen,seen])=>{
  const open=findings.filter(([status])=>text(status)==='inconclusive'),repair=findings.filter((one)=>!open.includes(one)),one=finding(lines);
  const title=make('h3','',two([text(vi),text(en)])),close=make('button','quiet',two(word('back')));
  title.tabIndex=-1;close.type='button';close.id='back';
  return make('article','agency panel',make('div','panel-head',title,make('p','',mark(data().kinds.verdicts[text(scored[0])]),close)),make('div','body',
    make('p','line',make('b','',text(domain)),' · ',two(kind('categories',text(category))),' · ',two(word('inputLine',{file:text(file),line:line}))),
    make('div','results',conformity(scored,decisions),readiness(ready)),services(hosts),byVantage(seen),
    make('h4','',two(repair.length===0?word('findingsNone'):word('findings',{n:repair.length}))),repair.map(one),
    open.length===0?null:make('h4','',two(word('unmeasured',{n:open.length}))),open.map(one),others(rest),
    make('p','note',unseen.length===0?null:two(word('notObservable',{things:[0,1].map((at)=>unseen.map((thing)=>kind('notObservable',text(thing))[at]).join(', '))})),' ',two(data().kinds.ipv4Too))));
};
`;
