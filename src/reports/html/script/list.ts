/** Language, search, filters and sorting. Rows are moved, not built again. */
export const listScript = `
const speak=(next)=>{
  root.dataset.lang=next;root.lang=next;
  for(const element of every('[data-vi]')){
    const word=element.dataset[next],attribute=element.dataset.attribute;
    if(attribute)element.setAttribute(attribute,word);else if(element.id!=='said')element.textContent=word;
  }
  for(const button of every('[data-language]'))button.setAttribute('aria-pressed',String(button.dataset.language===next));
};
const plainText=(text)=>text.toLowerCase().normalize('NFD').replace(/[\\u0300-\\u036f]/g,'').replace(/đ/g,'d');
const step=100;
let limit=step,order={column:-1,sign:1},matching=rows;
const valueOf=(row,column,numeric)=>{
  const text=row.words[column][side()];
  if(!numeric)return text;
  const value=parseFloat(text.replace(',','.').replace('≥ ',''));
  return Number.isNaN(value)?null:value;
};
const compare=(column,numeric)=>{
  const collator=new Intl.Collator(language());
  const values=new Map(rows.map((row)=>[row,valueOf(row,column,numeric)]));
  return (a,b)=>{
    const one=values.get(a),other=values.get(b);
    if(one===null||other===null)return one===other?a.index-b.index:one===null?1:-1;
    return order.sign*(numeric?one-other:collator.compare(one,other))||a.index-b.index;
  };
};
const draw=()=>{
  body.replaceChildren(...matching.slice(0,limit).map(elementOf));
  find('#more').hidden=matching.length<=limit;
  find('.none').hidden=matching.length>0;
  report();
};
const report=()=>{
  const sentence=shownWords[language()].replace('{n}',matching.length).replace('{of}',rows.length);
  if(find('#shown').textContent!==sentence)find('#shown').textContent=sentence;
};
const shownWords={vi:find('#shown').dataset.sentenceVi,en:find('#shown').dataset.sentenceEn};
const apply=()=>{
  const wanted=plainText(find('#search').value.trim()),key=find('#f-category').value,verdict=find('#f-result').value,problem=find('#f-cause').value;
  if(wanted!=='')for(const row of rows)if(row.searched==='')row.searched=plainText(row.words[0].join(' ')+' '+row.domain);
  matching=rows.filter((row)=>(key===''||row.key===key)&&(verdict===''||row.verdict===verdict)&&(problem===''||row.problems.includes(problem))&&(wanted===''||row.searched.includes(wanted)));
  if(order.column>=0){const head=table.tHead.rows[0].cells[order.column].firstElementChild;matching.sort(compare(order.column,head.dataset.numeric!==undefined));}
  limit=step;draw();
};
let waiting=0;
const soon=()=>{clearTimeout(waiting);waiting=setTimeout(apply,rows.length>500?120:0);};
find('#filters').addEventListener('submit',(event)=>event.preventDefault());
find('#filters').addEventListener('reset',()=>setTimeout(apply,0));
find('#search').addEventListener('input',soon);
for(const select of every('#filters select'))select.addEventListener('change',apply);
find('#more').addEventListener('click',()=>{const next=limit;limit+=step;draw();matching[next].element.cells[0].firstElementChild.focus();});
for(const [column,cell] of [...table.tHead.rows[0].cells].entries())cell.firstElementChild.addEventListener('click',()=>{
  order={column,sign:order.column===column?-order.sign:1};
  for(const [other,head] of [...table.tHead.rows[0].cells].entries())if(other===column)head.setAttribute('aria-sort',order.sign>0?'ascending':'descending');else head.removeAttribute('aria-sort');
  apply();
});
for(const link of every('[data-problem]'))link.addEventListener('click',()=>{find('#filters').reset();find('#f-cause').value=link.dataset.problem;setTimeout(apply,0);});
for(const button of every('[data-language]'))button.addEventListener('click',()=>{speak(button.dataset.language);if(order.column>=0)apply();else report();});
addEventListener('beforeprint',()=>{limit=Infinity;draw();});
addEventListener('afterprint',()=>{limit=step;draw();});
draw();
`;
