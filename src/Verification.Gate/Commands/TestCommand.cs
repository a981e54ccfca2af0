using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify test</c>.</summary>
internal static class TestCommand
{
    public static Command Make(Invoker invoke)
    {
        var profile = new Option<string>("--profile")
        {
            Description = "Profile whose scenarios run; the rest is skipped",
            HelpName = "NAME",
            DefaultValueFactory = _ => Profile.OfTests,
        };
        var command = new Command(
            "test",
            """
            Run every test of the solution as a build server does. Ends with a line 'Tests: N passed, N failed, N skipped'.

            Examples:
              ./verify test
              ./verify test --profile nightly
            """
        )
        {
            profile,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(context =>
                {
                    SutFile.Read(context.Root.Sut, GatesFile.Read(context.Root.Gates));
                    FilesOfSuites.MustBeUsable(context.Root, context.Root.Config);
                    context.MustRecord();
                    return new TestRun(context.Root, context.Progress, context.Time).RunAsync(
                        parsed.GetValue(profile)!,
                        context.Interruption
                    );
                })
        );
        return command;
    }
}
