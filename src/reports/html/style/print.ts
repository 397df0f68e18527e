/** A4: what is open is printed, nothing to click is. */
export const printStyle = `
@page{size:A4;margin:14mm 12mm}
@media print{
:root{--ground:#fff;--card:#fff;--ink:#000;--soft:#3d4650;--line:#bfc4c9;--accent:#0b4a61;--accent-soft:#eef3f5;
--pass:#175c3d;--pass-soft:#e0f0e6;--fail:#96231a;--fail-soft:#fae7e4;--warn:#6b4600;--warn-soft:#fbf0d4;--open:#4b525d;--open-soft:#eceef1;--info:#1f5c8a;--on:#fff;--track:#eee;color-scheme:light}
html{font-size:8.6pt}
body{max-width:none;padding:0;line-height:1.4;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.skip,.languages,.filters,.tools,.more-line,.copy,.panel-head p button,.details>h2{display:none!important}
.top{padding:0 0 10pt}.bar-top{margin-bottom:6pt}
h2,h3,h4,h5,summary{break-after:avoid}
.opening{grid-template-columns:minmax(0,1.1fr) minmax(0,1fr);gap:10pt}
.opening .column{display:grid}
.column,main{gap:10pt}
.pair{grid-template-columns:minmax(0,1.5fr) minmax(0,1fr);gap:10pt}
.card{padding:9pt;border-radius:4pt}
.map{max-width:6.8cm}
.results{grid-template-columns:1fr 1fr}
.facts{grid-template-columns:repeat(2,minmax(0,1fr));gap:6pt 14pt;padding:8pt 0}
.bars li,.rungs li{grid-template-columns:minmax(0,1fr) auto}.bars .bar,.rungs .bar{grid-column:1/-1;grid-row:2}
.share.lead{grid-template-columns:2.8cm minmax(0,1fr)}
.scroll{overflow:visible;border:0}
.list th,.list td{padding:3pt 5pt}
.list thead{display:table-row-group}
.list tbody th,.list .cause{min-width:0}
.list thead button{white-space:normal;padding:0;min-height:0}
tr,.finding,.result,.share,.causes li,.strip li,.shares,.ladder,.places,.first{break-inside:avoid}
.agency{break-inside:auto;border:0}
.agency[open],.agency.panel{break-before:page}
.js .agency:not([open]):not(.panel){display:none}
.evidence{overflow:visible}
a{color:inherit}
}
`;
