package output

// stylesheet is the look of report.html: light or dark as the reader prefers,
// readable on a phone, and printable on A4. It names no side of the page, so
// that text from right to left sits right.
const stylesheet = `
:root{--ink:#1a1a1a;--soft:#555;--paper:#fff;--line:#d0d0d0;--shade:#f4f5f7;--mark:#1f2d4d;--warn:#7a4b00}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8e8;--soft:#b0b0b0;--paper:#15171b;--line:#3a3f47;--shade:#1e2127;--mark:#a9bce8;--warn:#f0c070}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1rem;max-width:70rem;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans","Liberation Sans",Arial,sans-serif}
h1{font-size:1.9rem;line-height:1.2;margin:1rem 0;border-block-start:.4rem solid var(--mark);padding-block-start:.8rem}
h2{font-size:1.35rem;margin:2.4rem 0 .6rem;border-block-end:1px solid var(--line);padding-block-end:.2rem}
h3{font-size:1.08rem;margin:1.6rem 0 .4rem}
p,ul{max-width:46rem;margin:.6rem 0}
a{color:var(--mark)}
.skip{position:absolute;inset-inline-start:-99rem}
.skip:focus{inset-inline-start:1rem;background:var(--paper);padding:.5rem}
.lead{font-size:1.15rem}
.note{color:var(--soft);font-size:.9rem}
.warning{border-inline-start:.4rem solid var(--warn);background:var(--shade);padding:.6rem .9rem}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:0;max-width:none}
.scroll{margin:1rem 0;overflow:visible}
table{border-collapse:collapse;font-size:.92rem;min-width:min(100%,24rem)}
caption{text-align:start;font-weight:600;padding-block-end:.4rem}
th,td{padding:.3rem .7rem;border-block-end:1px solid var(--line);text-align:start;vertical-align:top;overflow-wrap:anywhere}
thead th{position:sticky;inset-block-start:0;background:var(--shade);z-index:1;overflow-wrap:normal}
tbody th{font-weight:400;min-width:7rem}
.n{text-align:end;font-variant-numeric:tabular-nums;overflow-wrap:normal}
.aside{color:var(--soft);font-style:italic}
figure{margin:1.4rem 0}
img{display:block;max-width:100%;height:auto;background:#fff}
code{font-size:.9em;overflow-wrap:anywhere}
footer{margin-block-start:3rem;border-block-start:1px solid var(--line);color:var(--soft);font-size:.9rem}
@media (max-width:60rem){.scroll{overflow:auto;max-height:85vh}}
@media print{
@page{size:A4;margin:18mm 16mm}
:root{--ink:#000;--soft:#444;--paper:#fff;--line:#aaa;--shade:#eee;--mark:#000;--warn:#000}
body{max-width:none;padding:0;font-size:10pt}
nav,.skip{display:none}
.scroll{overflow:visible;max-height:none}
thead{display:table-header-group}
thead th{position:static}
tr,figure,img{break-inside:avoid}
h2,h3,caption{break-after:avoid}
a{color:inherit;text-decoration:none}
}
`
