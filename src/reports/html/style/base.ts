/** Colours, type and the frame of the page. No double quotes: the style sheet is put into the page as it is. */
export const baseStyle = `
:root{color-scheme:light dark;
--ground:#f5f4f0;--card:#fffffe;--ink:#1b2530;--soft:#55606c;--line:#d9d7cf;--accent:#0b5570;--accent-soft:#e3eef2;
--pass:#1c6b47;--pass-soft:#e0f0e6;--fail:#a52a20;--fail-soft:#fae7e4;--warn:#7a5000;--warn-soft:#fbf0d4;--open:#565d69;--open-soft:#eceef1;--info:#1f5c8a;--on:#ffffff;
--track:#eae8e1;--focus:#0b5570;--radius:12px;--gap:1.25rem}
@media (prefers-color-scheme:dark){:root{
--ground:#12171c;--card:#1a2128;--ink:#e8ebee;--soft:#a9b3bd;--line:#35404a;--accent:#7cc4de;--accent-soft:#1d323c;
--pass:#67c495;--pass-soft:#173226;--fail:#ff9d90;--fail-soft:#3b1f1c;--warn:#f0c265;--warn-soft:#362b12;--open:#b3bcc6;--open-soft:#262e36;--info:#8fc3ee;--on:#10161b;
--track:#28313a;--focus:#9bd8ee}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;max-width:82rem;padding:0 clamp(.9rem,3vw,2.5rem) 3rem;background:var(--ground);color:var(--ink);
font:400 1rem/1.55 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,'Liberation Sans',system-ui,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
[data-lang=vi] :is(span,text)[lang=en],[data-lang=en] :is(span,text)[lang=vi]{display:none}
html:not(.js) .js-only{display:none}
.js .rest{display:none}
[hidden]{display:none!important}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,figure{margin:0}
ul,ol{padding:0;list-style:none}
h1{font-size:clamp(1.7rem,1.2rem + 2.2vw,2.6rem);line-height:1.2;font-weight:700;letter-spacing:-.015em}
h2{font-size:1.25rem;line-height:1.35;font-weight:650;letter-spacing:-.005em}
h3{font-size:1rem;line-height:1.4;font-weight:650}
h4{font-size:1.02rem;line-height:1.4;font-weight:650}
h5{font-size:1rem;line-height:1.4;font-weight:600}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
button,input,select{font:inherit;color:inherit}
button{cursor:pointer;border:1px solid var(--line);background:var(--card);border-radius:8px;padding:.4rem .85rem;min-height:2.5rem}
button:hover{border-color:var(--accent);color:var(--accent)}
.quiet{background:transparent}
.note{color:var(--soft);font-size:.875rem;line-height:1.5}
.name{overflow-wrap:anywhere}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-200vw;background:var(--card);padding:.6rem 1rem;z-index:2}
.skip:focus{left:1rem;top:.5rem}
.sheet{position:absolute}
.top{padding:1.1rem 0 1.75rem}
.bar-top{display:flex;justify-content:space-between;align-items:center;gap:1rem;margin-bottom:1.6rem}
.brand{font-weight:700;letter-spacing:.01em;color:var(--accent)}
.languages{border:0;margin:0;padding:0;display:flex;gap:.25rem}
.languages button{border-color:transparent;background:transparent;padding:.3rem .7rem;font-size:.925rem}
.languages button[aria-pressed=true]{background:var(--card);border-color:var(--line);font-weight:600}
.own-scores{margin-top:.6rem;color:var(--soft);max-width:46rem}
.warning{display:flex;gap:.6rem;align-items:flex-start;margin-top:.9rem;padding:.7rem .9rem;background:var(--warn-soft);border-left:4px solid var(--warn);border-radius:6px}
.warning .icon{margin-top:.22rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem 2rem;padding:1.2rem 0;border:1px solid var(--line);border-width:1px 0}
.facts dt{font-size:.85rem;color:var(--soft);margin-bottom:.15rem}
.facts dd{font-size:.925rem;color:var(--soft)}
.facts dd.lead{color:var(--ink);font-weight:600;font-size:1rem}
main{display:grid;gap:var(--gap)}
main>*{min-width:0}
.card{background:var(--card);border:1px solid var(--line);border-radius:var(--radius);padding:clamp(1rem,2.2vw,1.6rem);min-width:0}
.card>h2{margin-bottom:1rem}
.card .note{margin-top:.9rem}
.opening,.pair,.column{display:grid;gap:var(--gap);min-width:0;align-items:start}
@media (max-width:63.99rem){.opening .column{display:contents}.shares{order:1}.first{order:2}.places{order:3}.ladder{order:4}}
@media (min-width:64rem){.opening{grid-template-columns:minmax(0,1.12fr) minmax(0,1fr)}.pair{grid-template-columns:minmax(0,1.5fr) minmax(0,1fr)}}
footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem}
`;
