/// The style sheet of a page: light and dark by the reader's screen, one column on a phone, ink
/// only on paper.
enum PageStyle {
  static let text = colours + layout + tables + charts + print

  private static let colours = """
    :root{color-scheme:light dark;--ink:#1b2430;--soft:#526070;--paper:#fff;--ground:#f4f6f9;\
    --line:#d5dce5;--accent:#1d5bb8;--tint:29,91,184;--good:#0b6b3c;--goodtint:#e2f4e9;\
    --bad:#a3231b;--badtint:#fce9e7;--even:#6b5000;--eventint:#fcf2d5;--s0:#1d5bb8;\
    --s1:#b84c05;--s2:#0b7a45;--s3:#8436b0;--s4:#8a6200;--s5:#0a6b7c;--s6:#a82a63;--s7:#4d5b6b;\
    --s8:#5a6b00;--s9:#3d3fb8}
    @media screen and (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--soft:#a4b0c0;\
    --paper:#171c23;--ground:#0e1217;--line:#323d4b;--accent:#7db2ff;--tint:110,168,255;\
    --good:#6fdc9d;--goodtint:#12301f;--bad:#ff9d94;--badtint:#3a1614;--even:#f3cd62;\
    --eventint:#33280b;--s0:#74adff;--s1:#ffa15c;--s2:#62d394;--s3:#d6a1ff;--s4:#eec04a;\
    --s5:#62cbdf;--s6:#ff95c2;--s7:#b7c2d0;--s8:#c3d45a;--s9:#a9abff}}

    """

  private static let layout = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--ground);color:var(--ink);\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
    .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--paper);\
    padding:8px;z-index:3}
    header,main,footer{max-width:1240px;margin:0 auto;padding:0 20px}
    header{padding-top:28px}
    h1{font-size:1.7rem;line-height:1.2;margin:0;overflow-wrap:anywhere}
    h2{font-size:1.2rem;margin:0 0 12px}
    h3{font-size:1rem;margin:20px 0 8px}
    p{margin:0 0 10px;max-width:75ch}
    .sub{color:var(--soft);margin:4px 0 0;overflow-wrap:anywhere}
    nav{position:sticky;top:0;z-index:2;background:var(--ground);\
    border-bottom:1px solid var(--line);margin-top:16px}
    nav ul{max-width:1240px;margin:0 auto;padding:0 12px;display:flex;overflow-x:auto;\
    list-style:none}
    nav a{display:block;padding:10px 8px;color:var(--ink);text-decoration:none;\
    white-space:nowrap}
    nav a:hover{text-decoration:underline}
    a{color:var(--accent)}
    a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:2px solid \
    var(--accent);outline-offset:2px}
    section{background:var(--paper);border:1px solid var(--line);border-radius:10px;\
    padding:20px;margin:20px 0;scroll-margin-top:56px}
    .grid{display:grid;gap:20px 24px;\
    grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr))}
    .wide{grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr))}
    figure{margin:0;max-width:520px;min-width:0}
    figcaption{font-size:.86rem;color:var(--soft);margin-top:6px}
    figure h3{margin:0 0 6px}
    .banner{border-radius:8px;padding:14px 16px;margin-bottom:16px;border-left:5px solid}
    .banner strong{font-size:1.1rem;display:block}
    .banner p{margin:4px 0 0;color:var(--ink)}
    .good{background:var(--goodtint);border-color:var(--good);color:var(--good)}
    .bad{background:var(--badtint);border-color:var(--bad);color:var(--bad)}
    .even{background:var(--eventint);border-color:var(--even);color:var(--even)}
    .note{color:var(--soft);font-size:.9rem}
    .facts{display:flex;flex-wrap:wrap;gap:6px 28px;margin:0 0 14px;padding:0;list-style:none}
    .facts span{display:block;color:var(--soft);font-size:.8rem}
    .facts b{font-size:1.15rem;font-weight:500;font-variant-numeric:tabular-nums}
    details{margin-top:14px}
    summary{cursor:pointer;padding:6px 0}
    code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    p code,li code,figcaption code{overflow-wrap:anywhere}
    .advice{list-style:none;margin:0;padding:0}
    .advice li{border-top:1px solid var(--line);padding:12px 0}
    .advice li:first-child{border-top:0}
    .tag{display:inline-block;font-size:.76rem;border:1px solid;border-radius:4px;\
    padding:0 6px;margin-right:6px;white-space:nowrap}
    footer{color:var(--soft);font-size:.85rem;padding-bottom:40px;overflow-wrap:anywhere}

    """

  private static let tables = """
    .scroll{overflow-x:auto;margin:0 0 14px;max-width:100%}
    table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--soft);font-size:.86rem;padding-bottom:6px;\
    max-width:calc(100vw - 84px)}
    th,td{padding:4px 12px 4px 0;text-align:right;border-bottom:1px solid var(--line);\
    vertical-align:top}
    th{font-weight:600}
    thead th{color:var(--soft);font-weight:500}
    th:first-child,.words td,.words th{text-align:left}
    .words td,.words th{overflow-wrap:anywhere}
    td:last-child,th:last-child{padding-right:0}
    .matrix td,.matrix th{text-align:center;padding:5px 9px;border:1px solid var(--line)}
    .matrix th:first-child{text-align:right}
    .matrix .right{font-weight:700}
    .spec{width:100%}
    .spec th:first-child{width:36%}
    .spec td:nth-child(2){width:22%}
    .spec td:nth-child(3){color:var(--soft)}

    """

  private static let charts = """
    .chart{display:block;width:100%;height:auto;max-width:520px}
    .chart text{font:11.5px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;\
    fill:var(--ink)}
    .chart text.name{fill:var(--soft)}
    .chart .figure{font-variant-numeric:tabular-nums}
    .chart .grid{stroke:var(--line);stroke-width:1}
    .chart .axis,.chart .tick{stroke:var(--soft);stroke-width:1}
    .chart .line{fill:none;stroke-width:2;stroke-linejoin:round}
    .chart .reference{fill:none;stroke:var(--soft);stroke-dasharray:4 4}
    .chart line.mark{stroke:var(--ink);stroke-dasharray:2 3}
    .chart .whisker{fill:none;stroke:var(--ink);stroke-width:1.3}
    .chart .point{fill:var(--s0);opacity:.5}
    .chart .point.early{fill:none;stroke:var(--soft)}
    .chart .square{fill:var(--s0)}
    .chart .hole{fill:none;stroke:var(--line)}
    .chart .thread{fill:none;stroke:var(--soft);opacity:.22}
    .chart .thread.good{opacity:.5}
    .chart .thread.best{stroke:var(--s1);stroke-width:1.6;opacity:.9}
    .chart .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3px}
    .broad{max-width:none}
    .chart .bar.faint{fill:var(--soft);opacity:.28}
    """
    + (0..<10).map { index in
      let dashes = ["", "7 3", "2 3", "9 3 2 3", "5 2", "1 2", "12 3", "4 4", "8 2 1 2", "3 1"]
      let dash = dashes[index].isEmpty ? "" : ";stroke-dasharray:\(dashes[index])"
      return """
        .chart .line.s\(index){stroke:var(--s\(index))\(dash)}\
        .chart .bar.s\(index),.chart .dot.s\(index){fill:var(--s\(index))}

        """
    }.joined()

  private static let print = """
    .network svg{display:block;margin:0 auto}
    @media print{body{background:#fff;font-size:10.5pt}nav,.skip{display:none}\
    section{border:0;padding:0;break-inside:auto}figure,.banner,tr,li{break-inside:avoid}\
    .scroll{overflow:visible}details::details-content{content-visibility:visible;\
    block-size:auto}.grid{grid-template-columns:1fr 1fr}}
    """
}
