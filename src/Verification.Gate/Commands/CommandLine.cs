using System.CommandLine;
using Verification.Gate.Endings;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Commands;

/// <summary>The command line of <c>./verify</c>.</summary>
/// <param name="output">Where results and progress go.</param>
/// <param name="errors">Where it is said why a command could not do what it was asked.</param>
/// <param name="time">The clock.</param>
/// <param name="further">Commands beside the program's own.</param>
internal sealed class CommandLine(
    TextWriter output,
    TextWriter errors,
    TimeProvider time,
    params IReadOnlyList<Func<Invoker, Command>> further
)
{
    private readonly ProgressLines progress = new(
        Consoles.Of(output, !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected),
        time
    );
    private IReadOnlyList<string> arguments = [];
    private ProjectRoot? project;

    /// <summary>Runs a command. Whatever goes wrong ends in a sentence and an exit code.</summary>
    /// <returns>Exit code of the program.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        this.arguments = arguments.Count == 0 ? ["--help"] : arguments;
        try
        {
            var parsed = Root().Parse(this.arguments);
            if (UsageErrors.Of(parsed) is { } problem)
                return RefuseUse(parsed, problem);
            return await parsed
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        Output = output,
                        Error = errors,
                        EnableDefaultExceptionHandler = false,
                        // Signals are taken in one place only: Interruption.
                        ProcessTerminationTimeout = null,
                    }
                )
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return End(e, interruption: null);
        }
    }

    /// <summary>Says why the program ends, where a thread of it has failed that nobody waits for.</summary>
    /// <returns>Exit code of the program.</returns>
    public int Abandon(Exception failure) => End(failure, interruption: null);

    /// <summary>What is wrong with a command line; null where nothing is. Runs nothing.</summary>
    public string? ProblemOf(IReadOnlyList<string> arguments) => UsageErrors.Of(Root().Parse(arguments));

    private RootCommand Root()
    {
        var noInstall = new Option<bool>("--no-install")
        {
            Description = "Install nothing on this machine, not even where it could be.",
            Recursive = true,
        };
        var root = new RootCommand(
            """
            May this release of the platform go to production? The gate starts the real platform, drives it, breaks it, and answers with evidence.

            Exit codes: 0 PASS, 1 FAIL, 2 wrong use or unreadable configuration, 3 UNKNOWN, 4 this machine can't run it, 129/130/143 interrupted.
            """
        )
        {
            GateCommand.Make(InvokeAsync),
            DrillCommand.Make(InvokeAsync),
            LoadCommand.Make(InvokeAsync),
            ChaosCommand.Make(InvokeAsync),
            TestCommand.Make(InvokeAsync),
            AdmitCommand.Make(InvokeAsync),
            PublishCommand.Make(InvokeAsync),
            StackCommands.Up(InvokeAsync),
            StackCommands.Down(InvokeAsync),
            StackCommands.Sweep(InvokeAsync),
            StackCommands.Images(InvokeAsync),
            ToolsCommand.Make(InvokeAsync),
            DoctorCommand.Make(InvokeAsync),
            StoredRunCommands.Report(InvokeAsync),
            StoredRunCommands.Judge(InvokeAsync),
            HistoryCommand.Make(InvokeAsync),
            MutantsCommand.Make(InvokeAsync),
            DeployCommand.Make(InvokeAsync),
            AttachCommand.Make(InvokeAsync),
            BenchCommand.Make(InvokeAsync),
        };
        foreach (var command in further)
            root.Subcommands.Add(command(InvokeAsync));
        root.Options.Add(noInstall);
        HelpText.Use(root);
        return root;
    }

    private async Task<int> InvokeAsync(Func<CommandContext, Task<int>> command)
    {
        using var interruption = Interruption.Listen(signal =>
            progress.Doubt($"{signal}: ending; what is recorded is kept. Once more ends at once.")
        );
        try
        {
            project = FindProject();
            return await command(new CommandContext(project, progress, interruption, time)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return End(e, interruption);
        }
    }

    private static ProjectRoot FindProject()
    {
        try
        {
            return ProjectRoot.Find();
        }
        catch (DirectoryNotFoundException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private int End(Exception failure, Interruption? interruption)
    {
        var ending = EndingOf.Failure(failure, interruption);
        if (ending.Foreseen)
            return Refuse(ending);
        string[] folders =
            project is not null && Directory.Exists(project.Runs) ? [project.Runs, Path.GetTempPath()] : [Path.GetTempPath()];
        return Refuse(ending with { Sentence = $"{ending.Sentence} {FailureDetails.Keep(failure, arguments, time.GetUtcNow(), folders)}" });
    }

    /// <summary>A gate that was called wrongly gives no verdict: what is published says so, and no earlier verdict stays in its
    /// place.</summary>
    private int RefuseUse(ParseResult parsed, string problem)
    {
        var ending = new Ending(ExitCodes.Usage, problem);
        if (parsed.CommandResult.Command.Name == GateCommand.Name && OutputFolder.NamedBy(arguments) is { } folder)
        {
            try
            {
                OutputFolder.Open(folder, time.GetUtcNow()).Withdraw(ending);
            }
            catch (UsageException)
            {
                // One thing at a time: the mistake that was found first.
            }
        }

        return Refuse(ending);
    }

    private int Refuse(Ending ending)
    {
        errors.WriteLine($"verify: {ending.Sentence}");
        return ending.Code;
    }
}

/// <summary>Runs the body of a command and turns its errors into messages and exit codes.</summary>
internal delegate Task<int> Invoker(Func<CommandContext, Task<int>> command);
