/** Shares, ladder, map, causes. Kinds differ by fill and outline, not by colour alone. */
export const chartStyle = `
.icon{width:1.05em;height:1.05em;flex:none;overflow:visible}
.i .o{fill:none;stroke:currentColor;stroke-width:1.5}
.i .m{fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
.i.pass .o,.i.fail .o{fill:currentColor}
.i.pass .m,.i.fail .m{stroke:var(--mark,var(--card))}
.i.open .o{stroke-dasharray:2.6 2}
.s{display:inline-flex;gap:.4em;align-items:center;font-weight:600}
.s.pass{color:var(--pass)}.s.fail{color:var(--fail)}.s.warn{color:var(--warn)}.s.open{color:var(--open)}.s.info{color:var(--info)}.s.off{color:var(--soft)}
.hatch-ground{fill:var(--fail-soft)}.hatch-line{fill:var(--fail)}
.part.pass{fill:var(--pass)}
.part.fail{fill:url(#hatch);stroke:var(--fail);stroke-width:1.5;vector-effect:non-scaling-stroke}
.part.plain{fill:var(--fail)}
.part.open{fill:var(--open-soft);stroke:var(--open);stroke-width:1.5;stroke-dasharray:3 3;vector-effect:non-scaling-stroke}
.track{fill:var(--track)}
.bar{display:block;width:100%;height:.8rem;border-radius:3px}
.share{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:1.1rem;align-items:center;margin-top:1.3rem}
.share.lead{grid-template-columns:clamp(5.5rem,26vw,10.5rem) minmax(0,1fr);gap:clamp(1rem,3vw,2rem);margin-top:0}
.share-number{font-size:1.35rem;line-height:1.1;color:var(--soft)}
.share-number strong{color:var(--ink)}
.share.lead .share-number{font-size:clamp(2.1rem,1.4rem + 3vw,3.3rem);letter-spacing:-.02em}
.share-sentence{margin-top:.25rem;font-weight:600}
.share-name{display:block;font-weight:400;color:var(--soft);font-size:.925rem}
.share:not(.lead) .share-sentence{font-size:.925rem}
.counts{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin-top:.6rem;font-size:.925rem}
.counts b{font-weight:700}.counts span{font-weight:400}
.donut{width:100%;height:auto;display:block}
.donut-text{font-size:40px;font-weight:700;fill:var(--ink)}
.shares h3{margin:1.5rem 0 .6rem;font-size:.95rem;color:var(--soft);font-weight:600}
.bars li,.rungs li{display:grid;grid-template-columns:minmax(0,15rem) minmax(4rem,1fr) 5.2rem;gap:.3rem 1rem;align-items:center;padding:.3rem 0}
.bar-name{font-size:.925rem;line-height:1.35}
.bar-count{text-align:right;font-size:.925rem;font-weight:600;white-space:nowrap}
.rungs li{grid-template-columns:minmax(0,17rem) minmax(4rem,1fr) 3rem}
.rungs .bar-name b{display:inline-block;min-width:4.2em;margin-right:.4em;font-weight:600;color:var(--soft)}
.part.rung-5,.part.rung-4,.part.rung-3,.part.rung-2,.part.rung-1,.part.rung-0{fill:var(--accent)}
.part.rung-4{opacity:.88}.part.rung-3{opacity:.76}.part.rung-2{opacity:.64}.part.rung-1{opacity:.52}
.part.rung-0{fill:var(--open)}
@media (max-width:40rem){.bars li,.rungs li{grid-template-columns:minmax(0,1fr) auto}.bars .bar,.rungs .bar{grid-column:1/-1;grid-row:2}}
.map{display:block;width:100%;max-width:34rem;margin:0 auto;height:auto;overflow:visible}
.tile{text-decoration:none;cursor:pointer}
.tile text{font-size:19px;font-weight:600;letter-spacing:-.01em}
.tile rect{stroke-width:2}
.tile.pass rect{fill:var(--pass);stroke:var(--pass)}.tile.pass text{fill:var(--on)}.tile.pass .i{color:var(--on);--mark:var(--pass)}
.tile.fail rect{fill:var(--fail-soft);stroke:var(--fail);stroke-width:3.5}.tile.fail text{fill:var(--ink)}.tile.fail .i{color:var(--fail);--mark:var(--fail-soft)}
.tile.open rect,.tile.off rect{fill:var(--card);stroke:var(--open);stroke-dasharray:6 5}.tile.open text,.tile.off text{fill:var(--ink)}.tile.open .i,.tile.off .i{color:var(--open)}
.tile:focus-visible{outline:none}
.tile:focus-visible rect{stroke:var(--focus);stroke-width:7;stroke-dasharray:none}
.tile:hover text{text-decoration:underline}
.legend{display:flex;flex-wrap:wrap;gap:.5rem 1.4rem;justify-content:center;margin-top:1.1rem;font-size:.925rem}
.swatch{display:inline-grid;place-items:center;width:2.1rem;height:1.5rem;border-radius:5px;border:2px solid}
.swatch.pass{background:var(--pass);border-color:var(--pass);color:var(--on);--mark:var(--pass)}
.swatch.fail{background:var(--fail-soft);border-color:var(--fail);color:var(--fail);--mark:var(--fail-soft)}
.swatch.open{border:2px dashed var(--open);color:var(--open)}
.places .note{max-width:36rem;margin-left:auto;margin-right:auto}
.places h3{margin:1.6rem 0 .7rem;padding-top:1.2rem;border-top:1px solid var(--line);font-size:1rem}
.places h3:first-child{margin-top:0;padding-top:0;border-top:0}
.strip{display:flex;flex-wrap:wrap;gap:.4rem}
.chip{display:inline-flex;gap:.4rem;align-items:center;padding:.28rem .6rem;border:1.5px solid;border-radius:7px;font-size:.875rem;line-height:1.35;text-decoration:none;color:var(--ink)}
.chip .icon{color:var(--own)}
.chip.pass{--own:var(--pass);border-color:var(--pass);background:var(--pass-soft);--mark:var(--pass-soft)}
.chip.fail{--own:var(--fail);border-color:var(--fail);background:var(--fail-soft);--mark:var(--fail-soft)}
.chip.open,.chip.off{--own:var(--open);border-color:var(--open);border-style:dashed}
.chip:hover{text-decoration:underline}
.causes li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.1rem 1rem;padding:.65rem 0;border-top:1px solid var(--line)}
.causes li:first-child{border-top:0;padding-top:0}
.causes a,.causes .name{font-weight:600}
.causes .detail{grid-row:2;grid-column:1/-1;color:var(--soft);font-size:.9rem;line-height:1.45}
.causes .bar-count{grid-row:1;grid-column:2}
.causes .bar{grid-row:3;grid-column:1/-1;margin-top:.3rem;height:.55rem}
`;
