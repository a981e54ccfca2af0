using System.CommandLine;
using Verification.Gate.Benchmarks;

namespace Verification.Gate.Commands;

/// <summary><c>verify bench</c>.</summary>
internal static class BenchCommand
{
    public static Command Make(Invoker invoke)
    {
        var name = new Argument<string>("NAME") { Description = "The measurement: boot, stomp" };
        var command = new Command(
            "bench",
            """
            Measure; the last line is the figure.

            Example:
              ./verify bench boot
              ./verify bench stomp
            """)
        {
            name,
        };
        command.SetAction((parsed, _) => invoke(context => BenchmarkProgram.RunAsync(context.Root, parsed.GetValue(name)!, context.Interruption)));
        return command;
    }
}
