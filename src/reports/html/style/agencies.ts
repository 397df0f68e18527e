/** Filters, the table, and the details of an agency. */
export const agencyStyle = `
.agencies,.details{margin-top:1.25rem;min-width:0}
.agencies>h2,.details>h2{font-size:1.45rem}
.filters{display:grid;grid-template-columns:2fr repeat(3,minmax(0,1.2fr));gap:.8rem;margin:1rem 0 .4rem}
.filters label{display:grid;gap:.25rem;font-size:.875rem;color:var(--soft);min-width:0}
.filters input,.filters select{width:100%;min-width:0;min-height:2.6rem;padding:.4rem .65rem;border:1px solid var(--soft);border-radius:8px;background:var(--card);color:var(--ink);font-size:1rem}
.filter-foot{grid-column:1/-1;display:flex;justify-content:space-between;align-items:center;gap:1rem;color:var(--soft);font-size:.925rem}
@media (max-width:60rem){.filters{grid-template-columns:repeat(2,minmax(0,1fr))}.filters .search{grid-column:1/-1}}
@media (max-width:26rem){.filters{grid-template-columns:minmax(0,1fr)}}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:var(--radius)}
table{border-collapse:collapse;width:100%}
.list th,.list td{padding:.6rem .8rem;text-align:left;vertical-align:top;border-top:1px solid var(--line);font-size:.95rem}
.list thead th{border-top:0;padding:.3rem .35rem;background:var(--accent-soft)}
.list thead button{border:0;background:transparent;font-weight:600;font-size:.9rem;padding:.3rem .45rem;width:100%;text-align:left;white-space:nowrap}
html:not(.js) .list thead button{pointer-events:none}
.arrow{display:inline-block;width:1em;text-align:right}
[aria-sort=ascending] .arrow::after{content:'↑'}
[aria-sort=descending] .arrow::after{content:'↓'}
.list tbody th{font-weight:600;min-width:13rem}
.list small{display:block;font-weight:400;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
.list tbody tr:hover{background:var(--accent-soft)}
.list .cause{min-width:14rem;color:var(--soft)}
.list .s{white-space:nowrap}
.n{text-align:right;white-space:nowrap}
td.n,th.n{text-align:right!important}
.c-score button,.c-level button,.c-covered button{text-align:right}
.none{padding:1.2rem;text-align:center;color:var(--soft)}
.more-line{text-align:center;margin-top:.9rem}
@media (max-width:44rem){
.list,.list tbody,.list tbody tr{display:block}
.list thead{display:block;border-bottom:1px solid var(--line);background:var(--accent-soft)}
.list thead tr{display:flex;flex-wrap:wrap}
.list thead th{border:0;padding:.1rem}
.list thead button{min-height:2.2rem;padding:.2rem .4rem}
.list tbody tr{display:grid;grid-template-columns:repeat(4,auto);gap:.15rem .9rem;justify-content:start;padding:.8rem .9rem;border-top:1px solid var(--line)}
.list tbody:first-of-type tr:first-child{border-top:0}
.list tbody th,.list tbody td{border:0;padding:0;min-width:0;text-align:left!important}
.list tbody th,.list tbody .cause{grid-column:1/-1}
.list tbody td.n{color:var(--soft)}
.list tbody td.n::before{font-size:.8rem;margin-right:.3em}
[data-lang=vi] .list tbody td:nth-child(3)::before{content:'điểm'}[data-lang=en] .list tbody td:nth-child(3)::before{content:'score'}
[data-lang=vi] .list tbody td:nth-child(4)::before{content:'bậc'}[data-lang=en] .list tbody td:nth-child(4)::before{content:'level'}
[data-lang=vi] .list tbody td:nth-child(5)::before{content:'đo'}[data-lang=en] .list tbody td:nth-child(5)::before{content:'seen'}
}
.tools{display:flex;gap:.6rem;margin:.8rem 0}
.agency{background:var(--card);border:1px solid var(--line);border-radius:var(--radius);margin-top:.7rem;scroll-margin-top:1rem}
.agency>summary{display:flex;justify-content:space-between;align-items:center;gap:1rem;padding:.75rem clamp(.9rem,2vw,1.4rem);cursor:pointer;list-style:none}
.agency>summary::-webkit-details-marker{display:none}
.agency>summary h3::before{content:'';display:inline-block;width:.45em;height:.45em;margin:0 .7em .1em 0;border-right:2px solid var(--soft);border-bottom:2px solid var(--soft);transform:rotate(-45deg)}
.agency[open]>summary h3::before{transform:rotate(45deg)}
.agency .body{padding:.4rem clamp(.9rem,2vw,1.4rem) 1.3rem}
.panel-head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.7rem 1rem;padding:1rem clamp(.9rem,2vw,1.4rem) .4rem}
.panel-head h3{font-size:1.3rem}
.panel-head h3:focus{outline:none}
.panel-head p{display:flex;gap:.5rem;align-items:center;flex-wrap:wrap}
.line{color:var(--soft);font-size:.925rem}
.line b{color:var(--ink)}
.results{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem;margin:1rem 0 .5rem;align-items:start}
.result{border:1px solid var(--line);border-radius:10px;padding:1rem 1.1rem;min-width:0}
.result h4{color:var(--soft);font-weight:600;font-size:.95rem}
.verdict{display:flex;flex-wrap:wrap;gap:.3rem .9rem;align-items:center;margin:.35rem 0 .5rem}
.verdict>b,.verdict .s{font-size:1.2rem;font-weight:700}
.verdict .score{color:var(--soft);font-size:.925rem}
.decisions{font-size:.925rem;line-height:1.5}
.decisions .s{font-size:inherit;vertical-align:text-bottom}
.decision-note{color:var(--soft)}
.pips{display:inline-flex;gap:3px}
.pips i{width:.75rem;height:1.15rem;border-radius:2px;border:1.5px solid var(--accent)}
.pips .on{background:var(--accent)}
.pips.open i{border-style:dashed}
.cells{font-size:.9rem;margin-top:.7rem}
.cells caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.2rem}
.cells th,.cells td{padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top;border-top:1px solid var(--line);font-weight:400;line-height:1.4}
.cells thead th{color:var(--soft);font-size:.85rem;border-top:0}
.cells tbody th{font-weight:600}
.breakdown .n{white-space:normal}
.cells small{display:block;font-weight:400;color:var(--soft)}
.t.operational{color:var(--pass);font-weight:600}.t.assigned{color:var(--warn);font-weight:600}.t.none{color:var(--fail);font-weight:600}.t.inconclusive{color:var(--open)}
.body h4{margin:1.5rem 0 .5rem}
.results h4,.result h4{margin:0}
.finding{border-left:4px solid var(--line);padding:.15rem 0 .15rem 1rem;margin:1.1rem 0}
.finding.fail{border-color:var(--fail)}.finding.warn{border-color:var(--warn)}.finding.open{border-left-style:dashed;border-color:var(--open)}
.finding h5{display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:center}
.finding h5 .name{font-weight:400;color:var(--soft);font-size:.925rem}
.finding .text{margin-top:.25rem;max-width:60rem}
.tags{display:flex;flex-wrap:wrap;gap:0 .5rem;color:var(--soft);font-size:.875rem;margin-top:.15rem}
.tags>span+span::before{content:'·';margin-right:.5rem}
.fix{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.1rem 1rem;align-items:start;background:var(--accent-soft);border-radius:8px;padding:.65rem .9rem;margin-top:.55rem;max-width:60rem}
.fix-title{font-weight:600;font-size:.875rem;color:var(--accent)}
.fix-text{grid-row:2;overflow-wrap:anywhere}
.fix .copy{grid-column:2;grid-row:1/3;min-height:2.2rem;padding:.2rem .8rem;font-size:.9rem}
.evidence,.others{margin-top:.5rem}
.evidence>summary,.others>summary{cursor:pointer;color:var(--accent);font-size:.925rem;padding:.2rem 0}
.others{margin-top:1.4rem}
.others>summary{font-weight:600;font-size:1rem}
.evidence{max-width:100%;overflow-x:auto}
.refs{font-size:.875rem;color:var(--soft);margin-top:.3rem}
.others li{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.2rem 1rem;padding:.45rem 0;border-top:1px solid var(--line);font-size:.925rem;line-height:1.45}
.others li .s{align-self:start;margin-top:.1rem}
.others li b{font-weight:600}
.others li .name{color:var(--soft)}
@media (max-width:40rem){.fix .copy{grid-row:1}.fix-text{grid-column:1/-1}.fix-title{align-self:center}.others li{grid-template-columns:minmax(0,1fr)}.services thead{display:none}.services tr{display:grid;grid-template-columns:repeat(3,auto);gap:0 .8rem;justify-content:start;border-top:1px solid var(--line);padding:.4rem 0}.services th,.services td{border:0!important;padding:0}.services th,.services td:nth-child(2){grid-column:1/-1}.services td:nth-child(3){grid-column:1/-1;color:var(--soft)}
.services td:nth-child(4)::before{content:'DNS: '}.services td:nth-child(5)::before{content:'Web: '}.services td:nth-child(6)::before{content:'SMTP: '}.services td.t{grid-column:1/-1}
.evidence table,.evidence tbody,.evidence tr,.evidence td{display:block}.evidence thead{display:none}.evidence tr{padding:.4rem 0;border-top:1px solid var(--line)}.evidence td{border:0;padding:0;text-align:left!important}}
.body>.note{margin-top:1.4rem}
`;
