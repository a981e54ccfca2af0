using System.CommandLine;

namespace Verification.Gate.Commands;

/// <summary><c>verify bench</c>.</summary>
internal static class BenchCommand
{
    public static Command Make(Invoker invoke)
    {
        var name = new Argument<string>("NAME") { Description = "The measurement" };
        var command = new Command(
            "bench",
            """
            Measure; the last line is the figure.

            Example:
              ./verify bench boot
            """)
        {
            name,
        };
        command.SetAction((parsed, _) => invoke(context =>
        {
            var asked = parsed.GetValue(name)!;
            var benches = context.Parts.Benches;
            var bench = benches.Find(asked) ?? throw new UsageException(
                $"there is no bench {asked}.{Closest.Hint(asked, benches.Names)} There {(benches.Names.Count == 0 ? "are none yet" : $"are: {string.Join("; ", benches.Described.Select(b => $"{b.Name} ({b.Measures})"))}")}.");
            return bench.Run(context.Progress, context.Ended);
        }));
        return command;
    }
}
