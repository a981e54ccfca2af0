using System.CommandLine;
using Verification.Gate.Benchmarks;

namespace Verification.Gate.Commands;

/// <summary><c>verify bench</c>.</summary>
internal static class BenchCommand
{
    public static Command Make(Invoker invoke)
    {
        var name = new Argument<string>("NAME")
        {
            Description = $"The measurement: {string.Join(", ", BenchmarkNames.All.Select(BenchmarkNames.Name))}",
        };
        var command = new Command(
            "bench",
            $"""
            Measure; the last line is the figure.

            Examples:
            {string.Join('\n', BenchmarkNames.All.Select(each => $"  ./verify bench {each.Name()}   {each.Measures()}"))}
            """
        )
        {
            name,
        };
        command.SetAction(
            (parsed, _) => invoke(context => BenchmarkProgram.RunAsync(context.Root, parsed.GetValue(name)!, context.Interruption))
        );
        return command;
    }
}
