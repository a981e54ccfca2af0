namespace Verification.Infrastructure.Terraform;

/// <summary>Reads what <c>terraform test -json</c> says of its runs.</summary>
public static class TestRuns
{
    /// <summary>The runs that ended: each that did not pass, with the messages of its assertions.</summary>
    /// <param name="folder">Name of the module.</param>
    /// <param name="answer">What was said.</param>
    public static CheckedFolders Of(string folder, TerraformAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var ended = answer.Lines.Where(line => line.Type == "test_run" && line.TextAt("test_run", "progress") == "complete").ToList();
        var failed = ended.Where(line => line.TextAt("test_run", "status") is not ("pass" or "skip")).ToList();
        IReadOnlyList<string> deviations =
        [
            .. failed.Select(line => $"{folder}, {line.TextAt("test_run", "run")}: {Said(answer, line.TextAt("test_run", "run"))}"),
        ];
        // What is wrong outside a run ends no run.
        if (deviations.Count == 0 && answer.ExitCode != 0)
            deviations = [$"{folder}: {string.Join(" | ", answer.Errors)}"];
        return new CheckedFolders(deviations, ended.Count(line => line.TextAt("test_run", "status") != "skip"));
    }

    private static string Said(TerraformAnswer answer, string run) =>
        string.Join(
            " | ",
            answer
                .Lines.Where(line => line.Type == "diagnostic" && line.IsError && line.TextAt("@testrun") == run)
                .Select(line => line.Error)
        );
}
