using System.CommandLine;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;

namespace Verification.Gate.Commands;

/// <summary>The command line of <c>./verify</c>.</summary>
internal sealed class CommandLine(TextWriter output, TextWriter errors, TimeProvider time)
{
    private readonly ProgressLines progress = new(Consoles.Of(output, !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected), time);

    /// <summary>Runs a command.</summary>
    /// <returns>Exit code of the program.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var parsed = Root().Parse(arguments.Count == 0 ? ["--help"] : arguments);
        if (UsageErrors.Of(parsed) is { } problem)
            return Refuse(problem, ExitCodes.Usage);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            // Signals are taken in one place only: Interruption.
            ProcessTerminationTimeout = null,
        }).ConfigureAwait(false);
    }

    /// <summary>What is wrong with a command line; null where nothing is. Runs nothing.</summary>
    public string? ProblemOf(IReadOnlyList<string> arguments) => UsageErrors.Of(Root().Parse(arguments));

    private RootCommand Root()
    {
        var noInstall = new Option<bool>("--no-install") { Description = "Install nothing on this machine, not even where it could be.", Recursive = true };
        var root = new RootCommand(
            """
            May this release of the platform go to production? The gate starts the real platform, drives it, breaks it, and answers with evidence.

            Exit codes: 0 PASS, 1 FAIL, 2 wrong use or unreadable configuration, 3 UNKNOWN, 4 this machine can't run it, 130/143 interrupted.
            """)
        {
            GateCommand.Make(InvokeAsync),
            TestCommand.Make(InvokeAsync),
            AdmitCommand.Make(InvokeAsync),
            StackCommands.Up(InvokeAsync),
            StackCommands.Down(InvokeAsync),
            StackCommands.Sweep(InvokeAsync),
            StackCommands.Images(InvokeAsync),
            DoctorCommand.Make(InvokeAsync),
            StoredRunCommands.Report(InvokeAsync),
            StoredRunCommands.Judge(InvokeAsync),
            HistoryCommand.Make(InvokeAsync),
            MutantsCommand.Make(InvokeAsync),
            BenchCommand.Make(InvokeAsync),
        };
        root.Options.Add(noInstall);
        HelpText.Use(root);
        return root;
    }

    private async Task<int> InvokeAsync(Func<CommandContext, Task<int>> command)
    {
        using var interruption = Interruption.Listen(signal => progress.Doubt($"{signal}: ending; what is recorded is kept. Once more ends at once."));
        try
        {
            return await command(new CommandContext(ProjectRoot.Find(), progress, interruption, time)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            return code;
        }
        catch (Exception e) when (e is UsageException or DocumentException or DirectoryNotFoundException or FormatException)
        {
            return Refuse(e.Message, ExitCodes.Usage);
        }
        catch (Exception e) when (e is EngineMissingException or ImageException or LockException)
        {
            return Refuse(e.Message, ExitCodes.Machine);
        }
        catch (StartException e)
        {
            return Refuse(e.Message, ExitCodes.Fail);
        }
    }

    private int Refuse(string problem, int code)
    {
        errors.WriteLine($"verify: {problem}");
        return code;
    }
}

/// <summary>Runs the body of a command and turns its errors into messages and exit codes.</summary>
internal delegate Task<int> Invoker(Func<CommandContext, Task<int>> command);
