using DiTask.Model.Charts;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>How the page looks, by day and by night.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public static string Css { get; } = """
        :root { color-scheme: light dark;
          --page: #f6f5f2; --card: #ffffff; --ink: #16150f; --soft: #5a584f; --edge: #e2e0d8; --cell: #f0efea; --muted: #8d8b82;
          --pos: #2a78d6; --neg: #e34948; --good: #0b7a3b; --bad: #c5302f; --warn: #8a6100;
          --c0: #2a78d6; --c1: #eb6834; --c2: #1baf7a; --c3: #b98200; --c4: #d6559a; --c5: #6f5bd0; }
        @media (prefers-color-scheme: dark) { :root {
          --page: #131312; --card: #1d1d1b; --ink: #f4f3ee; --soft: #b5b3a9; --edge: #34332f; --cell: #292825; --muted: #85837a;
          --pos: #3987e5; --neg: #e65b5a; --good: #4cc38a; --bad: #ff8583; --warn: #e3b341;
          --c0: #5a9cf0; --c1: #ee7c4b; --c2: #2fb983; --c3: #d6a21f; --c4: #e07fb2; --c5: #9a8bec; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 80px; }
        h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.02em; margin: 0 0 6px; }
        h2 { font-size: 19px; letter-spacing: -.01em; margin: 44px 0 4px; }
        h3 { font-size: 14px; font-weight: 600; margin: 0 0 10px; }
        p { margin: 0 0 14px; max-width: 76ch; } .soft, .facts, figcaption { color: var(--soft); }
        .facts { font-size: 13px; display: flex; flex-wrap: wrap; gap: 2px 18px; margin-bottom: 26px; }
        .card { background: var(--card); border: 1px solid var(--edge); border-radius: 12px; padding: 20px 22px; margin: 14px 0; }
        .verdict { border-left: 6px solid var(--good); } .verdict.adapters { border-left-color: var(--warn); } .verdict.split { border-left-color: var(--bad); }
        .verdict h2 { margin: 0 0 6px; font-size: 24px; } .verdict p:last-child { margin: 0; }
        .row { display: grid; gap: 14px; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); } .row .card { margin: 0; }
        .row.wide { grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); }
        .badge { display: inline-block; font-size: 12px; font-weight: 600; border: 1px solid currentColor; border-radius: 99px; padding: 1px 10px; margin-left: 8px; white-space: nowrap; }
        .present, .suffers { color: var(--bad); } .absent, .fine { color: var(--good); } .unknown { color: var(--soft); }
        .signals p { margin: 0; font-size: 14px; color: var(--soft); overflow-wrap: anywhere; }
        figure { margin: 0; overflow-x: auto; } figcaption { font-size: 13px; margin-top: 8px; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
        th, td { text-align: right; padding: 6px 10px; border-bottom: 1px solid var(--edge); white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; } th { color: var(--soft); font-weight: 500; font-size: 13px; } tr:last-child td { border-bottom: 0; }
        .groups { display: flex; flex-wrap: wrap; gap: 10px; margin: 4px 0 10px; } .groups span { background: var(--cell); border-radius: 8px; padding: 6px 12px; font-weight: 600; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; margin: 0 0 12px; } .legend i { display: inline-block; width: 18px; height: 3px; border-radius: 2px; vertical-align: middle; margin-right: 6px; }
        details { margin: 10px 0; } summary { cursor: pointer; font-weight: 600; } pre { overflow-x: auto; background: var(--cell); border-radius: 8px; padding: 14px; font-size: 12.5px; line-height: 1.45; }
        .small { display: grid; gap: 16px 22px; grid-template-columns: repeat(auto-fit, minmax(min(230px, 100%), 1fr)); margin-top: 14px; } .small figcaption { margin: 0 0 4px; color: var(--ink); font-weight: 500; }
        svg { width: 100%; height: auto; display: block; font-family: inherit; }
        """ + "\n" + ChartStyle.Rules("var(--ink)", "var(--soft)", "var(--edge)", "var(--muted)", "var(--card)") + """

        .row > *, .small > * { min-width: 0; }
        @media (max-width: 600px) { main { padding: 24px 14px 60px; } .card { padding: 16px; } h1 { font-size: 26px; } }
        @media print { .card { break-inside: avoid; } }
        """;
}
