/** Opening an agency from a link, keyboard focus, and copying a fix. */
export const openScript = `
const positionOf=()=>{const match=/^#a([0-9]{1,6})$/.exec(location.hash);return match===null?-1:Number(match[1]);};
const show=()=>{
  const position=positionOf();
  if(position<0)return;
  const ready=find('#a'+position);
  if(ready!==null&&ready.tagName==='DETAILS'){ready.open=true;ready.scrollIntoView();ready.firstElementChild.focus({preventScroll:true});return;}
  if(find('#data')===null||data().agencies[position]===undefined)return;
  const panel=agency(data().agencies[position]);
  find('#detail').replaceChildren(panel);
  panel.scrollIntoView();
  find('#detail h3').focus({preventScroll:true});
};
addEventListener('hashchange',show);
const copy=async(element,button)=>{
  const text=(element.querySelector('[lang='+language()+']')||element).textContent;
  try{await navigator.clipboard.writeText(text);}
  catch{const range=document.createRange();range.selectNodeContents(element);getSelection().removeAllRanges();getSelection().addRange(range);document.execCommand('copy');}
  const said=find('#said');
  said.textContent=language()==='vi'?said.dataset.copiedVi:said.dataset.copiedEn;
  button.classList.add('done');
};
document.addEventListener('click',(event)=>{
  const button=event.target.closest('button,a');
  if(button===null)return;
  if(button.classList.contains('copy'))copy(button.parentElement.querySelector('.fix-text'),button);
  else if(button.id==='back'){
    const link=find('.list a[href=\\'#a'+positionOf()+'\\']');
    find('#table-title').scrollIntoView();
    (link||find('#table-title')).focus({preventScroll:link===null});
  }
  else if(button.id==='open-all'||button.id==='close-all')for(const one of every('details.agency'))one.open=button.id==='open-all';
  else if(button.hash&&button.hash===location.hash)show();
});
show();
`;
