namespace Verification.Objectives;

/// <summary>The folder of a run, <c>runs/&lt;id&gt;/</c>, and the names of what lies in it. Everything a verdict rests on is
/// here.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record RunFolder(string Path)
{
    private const string Stacks = "stacks";

    /// <summary>The stage whose stack, secrets and logs are meant; null for a stack of no stage, and for what all stages have.</summary>
    public string? Stage { get; init; }

    /// <summary>Id of the run.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary>Held (an exclusive lock) while the run lives.</summary>
    public string Lock => In("lock");

    /// <summary><see cref="RunRecord"/>.</summary>
    public string Record => In("run.json");

    /// <summary>The stack, <c>stacks/&lt;stage&gt;.json</c>; <c>stack.json</c> of one that belongs to no stage.</summary>
    public string Stack => Stage is null ? In("stack.json") : System.IO.Path.Combine(In(Stacks), $"{Stage}.json");

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

    /// <summary>How many requests that may store a buff were sent to a platform that is not its own.</summary>
    public string Posted => In("posted");

    /// <summary><see cref="ReleaseVerdict"/>.</summary>
    public string Verdict => In("verdict.json");

    /// <summary>The verdict as a signed statement (in-toto), where it was signed.</summary>
    public string Attestation => In("verdict.intoto.json");

    /// <summary><see cref="Publication"/>, once its images are published.</summary>
    public string Publication => In("publication.json");

    /// <summary>One file per container, <c>&lt;instance&gt;.log</c>; those of a stage in a folder of its name.</summary>
    public string Logs => OfStage("logs");

    /// <summary>Generated credentials, readable by the owner only; removed with the stack.</summary>
    public string Secrets => OfStage("secrets");

    /// <summary>What the test assemblies wrote, by stage: TRX, XML, console output.</summary>
    public string Tests => In("tests");

    /// <summary>A copy of the objectives that its tests were held to; of an earlier version's run there is none.</summary>
    public string Gates => In("gates.yaml");

    /// <summary>A copy of <c>config/</c> as it was verified.</summary>
    public string Config => In("config");

    /// <summary>What has changed in it since the last PASS.</summary>
    public string ConfigDiff => In("config.diff");

    /// <summary>The report for people.</summary>
    public string Report => In("report.html");

    /// <summary>The report for a pull request.</summary>
    public string Summary => In("summary.md");

    /// <summary>The run as metrics, for Prometheus.</summary>
    public string Metrics => In("metrics.prom");

    /// <summary>The objectives as JUnit XML.</summary>
    public string JUnit => In("junit.xml");

    /// <summary>The folder that holds a <c>stack.json</c>, with the stage that it is of.</summary>
    /// <param name="stack">Path of the file.</param>
    public static RunFolder OfStack(string stack)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(stack))!;
        return System.IO.Path.GetFileName(folder) == Stacks
            ? new RunFolder(System.IO.Path.GetDirectoryName(folder)!) { Stage = System.IO.Path.GetFileNameWithoutExtension(stack) }
            : new RunFolder(folder);
    }

    /// <summary>The same folder as one stage has it.</summary>
    /// <param name="stage">Name of the stage; null for none.</param>
    public RunFolder Of(string? stage) => this with { Stage = stage };

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private string OfStage(string name) => Stage is null ? In(name) : System.IO.Path.Combine(In(name), Stage);
}
