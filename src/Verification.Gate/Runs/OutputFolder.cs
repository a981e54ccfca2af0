using System.Globalization;
using Verification.Gate.Commands;
using Verification.Gate.Endings;
using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>The folder of <c>--output</c>, which a build server publishes. From the first moment of a gate it holds nothing of an earlier
/// one: either the
/// reports of this gate, or why there is no verdict, however the gate ended.</summary>
internal sealed class OutputFolder
{
    /// <summary>Is there where no verdict is, and says why.</summary>
    public const string Missing = "verdict-missing.txt";

    private const string Option = "--output";

    // Names what a gate has put here, so that the next one takes away that and nothing else.
    private const string ListFile = ".verification-files";

    // What every gate leaves, also one that kept no list.
    private static readonly string[] Known = ["verdict.json", "junit.xml", "summary.md", "report.html", "metrics.prom", Missing, ListFile];

    private readonly string path;

    private OutputFolder(string path) => this.path = path;

    /// <summary>Tries the folder before anything is measured, and takes away what an earlier gate has left in it.</summary>
    /// <param name="path">The folder; made if it is not there.</param>
    /// <param name="now">The time, which is told until the gate has ended.</param>
    /// <exception cref="UsageException">It can't be used; the message says why.</exception>
    public static OutputFolder Open(string path, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new UsageException($"{Option} '{path}': no folder is named. Name one, or leave {Option} out.");
        if (File.Exists(path))
            throw new UsageException($"{Option} {path}: a file of that name is there. Name a folder.");
        if (File.Exists(new RunFolder(path).Record))
            throw new UsageException(
                $"{Option} {path}: this is the folder of a run, whose record would be overwritten. Name another folder."
            );
        try
        {
            Directory.CreateDirectory(path);
            var folder = new OutputFolder(Path.GetFullPath(path));
            folder.Empty();
            folder.Tell(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The gate that began at {now:yyyy-MM-dd HH:mm:ss} UTC has not ended, or was killed."
                )
            );
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{Option} {path}: it can't be written ({Quotation.Of(e.Message)}). Name a folder that this user can write, with room in it."
            );
        }
    }

    /// <summary>The folder that a command line names, also one that has a mistake elsewhere; null where it names none.</summary>
    public static string? NamedBy(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] == Option && index + 1 < arguments.Count && !arguments[index + 1].StartsWith('-'))
                return arguments[index + 1];
            if (
                arguments[index].StartsWith(Option, StringComparison.Ordinal)
                && arguments[index].Length > Option.Length + 1
                && arguments[index][Option.Length] is '=' or ':'
            )
                return arguments[index][(Option.Length + 1)..];
        }

        return null;
    }

    /// <summary>Copies the reports of the gate here, and takes away that there are none.</summary>
    /// <exception cref="IOException">They can't be written; then none of them is left, and why is said.</exception>
    public void Publish(IReadOnlyList<string> files)
    {
        try
        {
            File.WriteAllLines(In(ListFile), files.Select(file => Path.GetFileName(file)));
            foreach (var file in files)
                File.Copy(file, In(Path.GetFileName(file)), overwrite: true);
            File.Delete(In(Missing));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Withdraw($"The reports could not be copied here: {Quotation.Of(e.Message)} They are in {Path.GetDirectoryName(files[0])}.");
            throw;
        }
    }

    /// <summary>Says why the gate gave no verdict.</summary>
    public void Withdraw(Ending ending) => Withdraw($"{ending.Sentence}\nExit code {ending.Code}: {MeaningOf(ending.Code)}.");

    private static string MeaningOf(int code) =>
        code switch
        {
            ExitCodes.Usage => "wrong use or unreadable configuration",
            ExitCodes.Machine => "this machine can't run it",
            ExitCodes.HungUp or ExitCodes.Interrupted or ExitCodes.Terminated => "ended by a signal",
            ExitCodes.Fail => "the platform did not come up",
            _ => "unknown",
        };

    private void Withdraw(string reason)
    {
        try
        {
            Empty();
            Tell(reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What can't be written now was emptied, and marked, when the gate began.
        }
    }

    private void Tell(string reason)
    {
        File.WriteAllText(In(Missing), $"There is no verdict. {reason}\n");
        File.WriteAllText(In("summary.md"), $"# No verdict\n\n{reason}\n\nNothing is said about the release.\n");
    }

    private void Empty()
    {
        var listed = File.Exists(In(ListFile)) ? File.ReadAllLines(In(ListFile)) : [];
        // A name, never a path: the list may have been written by anybody.
        foreach (var name in listed.Where(name => Path.GetFileName(name) == name && File.Exists(In(name))).Concat(Known))
            File.Delete(In(name));
    }

    private string In(string name) => Path.Combine(path, name);
}
