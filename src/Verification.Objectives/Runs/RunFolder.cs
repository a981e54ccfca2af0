namespace Verification.Objectives;

/// <summary>The folder of a run, <c>runs/&lt;id&gt;/</c>, and the names of what lies in it. Everything a verdict rests on is here.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>Held (an exclusive lock) while the run lives.</summary>
    public string Lock => In("lock");

    /// <summary><see cref="RunRecord"/>.</summary>
    public string Record => In("run.json");

    /// <summary>The stack of the run.</summary>
    public string Stack => In("stack.json");

    /// <summary><see cref="EvidenceLine"/>s.</summary>
    public string Evidence => In("evidence.jsonl");

    /// <summary><see cref="HistoryLine"/>s.</summary>
    public string History => In("history.jsonl");

    /// <summary>What was listed and read, in files named by their content.</summary>
    public string Observations => In("observations");

    /// <summary>Whole results of checkers.</summary>
    public string Checks => In("checks");

    /// <summary>The faults that were injected, and whether they have healed.</summary>
    public string Faults => In("faults.jsonl");

    /// <summary><see cref="ReleaseVerdict"/>.</summary>
    public string Verdict => In("verdict.json");

    /// <summary>One file per container, <c>&lt;instance&gt;.log</c>.</summary>
    public string Logs => In("logs");

    /// <summary>Generated credentials, readable by the owner only; removed with the stack.</summary>
    public string Secrets => In("secrets");

    /// <summary>What the test assemblies wrote: TRX, XML, console output.</summary>
    public string Tests => In("tests");

    /// <summary>The report for people.</summary>
    public string Report => In("report.html");

    /// <summary>The report for a pull request.</summary>
    public string Summary => In("summary.md");

    /// <summary>The objectives as JUnit XML.</summary>
    public string JUnit => In("junit.xml");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
