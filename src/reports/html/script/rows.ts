/** Elements from words, and rows of the table: those in the page, and those of a long list, built when they are first shown. */
export const rowsScript = `
const root=document.documentElement,find=(selector)=>document.querySelector(selector),every=(selector,within)=>[...(within||document).querySelectorAll(selector)];
const language=()=>root.dataset.lang,side=()=>language()==='vi'?0:1;
const make=(tag,name,...children)=>{
  const element=document.createElement(tag);
  if(name)element.className=name;
  for(const child of children.flat(3))if(child!==null&&child!==undefined&&child!==false)element.append(child);
  return element;
};
const inLanguage=(tag,text)=>{const element=make('span','',text);element.lang=tag;return element;};
const two=([vi,en])=>vi===en?[vi]:[inLanguage('vi',vi),inLanguage('en',en)];
const icon=(look)=>{
  const space='http://www.w3.org/2000/svg',svg=document.createElementNS(space,'svg'),use=document.createElementNS(space,'use');
  svg.setAttribute('class','icon');svg.setAttribute('aria-hidden','true');use.setAttribute('href','#i-'+look);svg.append(use);
  return svg;
};
const mark=([look,vi,en])=>make('b','s '+look,icon(look),two([vi,en]));
const rowHead=(...children)=>{const cell=make('th','',...children);cell.scope='row';return cell;};
const number=(value)=>{const text=String(Math.round(value*10)/10);return [text.replace('.',','),text];};
const table=find('.list'),body=table.tBodies[0];
const rows=every('tbody tr',table).map((element,index)=>{
  const words=[...element.cells].map((cell)=>{const own=['vi','en'].map((tag)=>cell.querySelector('[lang='+tag+']')||cell);return own.map((one)=>one.textContent.trim());});
  return {element,index,words,searched:'',domain:element.cells[0].lastElementChild.textContent,key:element.dataset.k,verdict:element.dataset.v,problems:(element.dataset.p||'').split(' ')};
});
const listed=find('#rows')===null?null:JSON.parse(find('#rows').textContent);
if(listed!==null)for(const [vi,en,domain,key,verdict,score,level,covered,cause,problems] of listed.rows){
  const same=(text)=>[text,text];
  rows.push({element:null,index:rows.length,words:[[vi,en],listed.verdicts[verdict].slice(1),score===null?same('–'):number(score),same(level),same(covered),cause<0?same('–'):listed.causes[cause]],
    searched:'',domain,key,verdict,problems:problems.map(String)});
}
const elementOf=(row)=>{
  if(row.element===null){
    const [name,,score,level,covered,cause]=row.words,link=make('a','',two(name));
    link.href='#a'+row.index;
    row.element=make('tr','',rowHead(link,make('small','',row.domain)),make('td','',mark(listed.verdicts[row.verdict])),make('td','n',two(score)),make('td','n',two(level)),make('td','n',two(covered)),make('td','cause',two(cause)));
  }
  return row.element;
};
for(const rest of every('.rest'))rest.remove();
`;
